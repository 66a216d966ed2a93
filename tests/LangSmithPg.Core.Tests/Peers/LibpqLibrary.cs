using System.Runtime.InteropServices;
using System.Text;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>The real libpq: <c>LANGSMITHPG_LIBPQ</c> if set, else that of the pinned PostgreSQL 18, else the one that the system finds.</summary>
sealed class LibpqLibrary
{
    // struct _PQconninfoOption: six pointers and an int, of which the first is the keyword and the fourth the value.
    static readonly int OptionSize = 7 * nint.Size;

    readonly ParseFunction _parse;
    readonly FreeFunction _freeOptions;
    readonly FreeFunction _freeMemory;

    LibpqLibrary(nint library)
    {
        _parse = Function<ParseFunction>(library, "PQconninfoParse");
        _freeOptions = Function<FreeFunction>(library, "PQconninfoFree");
        _freeMemory = Function<FreeFunction>(library, "PQfreemem");
        Version = Function<VersionFunction>(library, "PQlibVersion")();
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate nint ParseFunction(byte[] text, out nint error);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate void FreeFunction(nint pointer);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate int VersionFunction();

    public int Version { get; }

    public static LibpqLibrary Load()
    {
        string?[] names = [Environment.GetEnvironmentVariable("LANGSMITHPG_LIBPQ"), FindPinned(), "libpq.so.5", "libpq.5.dylib", "libpq.dll", "libpq"];
        foreach (var name in names.Where(name => !string.IsNullOrEmpty(name)))
        {
            if (NativeLibrary.TryLoad(name!, out var library))
            {
                return new(library);
            }
        }

        Peer.Missing("libpq");
        return null;
    }

    static string? FindPinned()
    {
        try
        {
            return Task.Run(() => PostgresBinaries.FindAsync(major: 18, ignoreInstalled: true)).GetAwaiter().GetResult().LibpqPath;
        }
        catch (PostgresNotAvailableException)
        {
            return null;
        }
    }

    /// <summary>Every keyword with its value or null, or null when the library reports an error.</summary>
    public Dictionary<string, string?>? Parse(string text)
    {
        var options = _parse([.. Encoding.UTF8.GetBytes(text), 0], out var error);
        if (error != 0)
        {
            _freeMemory(error);
        }

        if (options == 0)
        {
            return null;
        }

        var values = new Dictionary<string, string?>();
        for (var option = options; Marshal.ReadIntPtr(option) is not 0 and var keyword; option += OptionSize)
        {
            values[Marshal.PtrToStringUTF8(keyword)!] = Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(option, 3 * nint.Size));
        }

        _freeOptions(options);
        return values;
    }

    static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
