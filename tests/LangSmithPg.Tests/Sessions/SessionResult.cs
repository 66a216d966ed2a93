using System.Management.Automation;

namespace LangSmithPg.Tests.Sessions;

/// <summary>Everything that a script left behind.</summary>
sealed class SessionResult(IReadOnlyList<PSObject> output, PSDataStreams streams, Exception? terminating)
{
    public IReadOnlyList<PSObject> Output { get; } = output;

    public IReadOnlyList<ErrorRecord> Errors { get; } =
        [.. streams.Error, .. terminating is RuntimeException { ErrorRecord: { } record } ? new[] { record } : []];

    public IReadOnlyList<string> Warnings { get; } = [.. streams.Warning.Select(one => one.Message)];

    public IReadOnlyList<string> Verbose { get; } = [.. streams.Verbose.Select(one => one.Message)];

    public IReadOnlyList<string> Debug { get; } = [.. streams.Debug.Select(one => one.Message)];

    public IReadOnlyList<string> Other { get; } =
        [.. streams.Information.Select(one => one.ToString()), .. streams.Progress.Select(one => one.ToString())];

    public PSObject Single => Assert.Single(Output);

    public string ErrorId => Assert.Single(Errors).FullyQualifiedErrorId.Split(',')[0];

    public void ThrowIfFailed()
    {
        if (Errors.Count > 0)
        {
            throw new InvalidOperationException(Errors[0].ToString(), Errors[0].Exception);
        }
    }
}
