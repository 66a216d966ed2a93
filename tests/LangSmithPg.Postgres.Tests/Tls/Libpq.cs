using System.Runtime.InteropServices;
using System.Text;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>Connects as psql does: with the real libpq, in this process.</summary>
sealed class Libpq
{
    readonly ConnectFunction _connect;
    readonly StatusFunction _status;
    readonly TextFunction _error;
    readonly StatusFunction _usesTls;
    readonly FinishFunction _finish;

    Libpq(nint library)
    {
        _connect = Function<ConnectFunction>(library, "PQconnectdb");
        _status = Function<StatusFunction>(library, "PQstatus");
        _error = Function<TextFunction>(library, "PQerrorMessage");
        _usesTls = Function<StatusFunction>(library, "PQsslInUse");
        _finish = Function<FinishFunction>(library, "PQfinish");
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate nint ConnectFunction(byte[] text);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate int StatusFunction(nint connection);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate nint TextFunction(nint connection);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate void FinishFunction(nint connection);

    /// <summary>What came of it.</summary>
    /// <param name="Error">What libpq says, or null when it got in.</param>
    /// <param name="UsesTls">Whether TLS is in use.</param>
    public sealed record Result(string? Error, bool UsesTls);

    public static async Task<Libpq> LoadAsync()
    {
        if ((await PostgresBinaries.FindAsync(major: 18, ignoreInstalled: true)).LibpqPath is { } path)
        {
            return new(NativeLibrary.Load(path));
        }

        Peer.Missing("libpq");
        return null;
    }

    public Result Connect(string url)
    {
        var connection = _connect([.. Encoding.UTF8.GetBytes(url), 0]);
        try
        {
            return _status(connection) == 0
                ? new(Error: null, _usesTls(connection) == 1)
                : new(Marshal.PtrToStringUTF8(_error(connection))!.Trim(), UsesTls: false);
        }
        finally
        {
            _finish(connection);
        }
    }

    static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
