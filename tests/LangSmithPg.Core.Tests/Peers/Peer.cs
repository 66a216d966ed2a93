namespace LangSmithPg.Core.Tests.Peers;

/// <summary>Another program that reads connection strings. Its absence is a visible skip, and a failure where everything must be there.</summary>
static class Peer
{
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void Missing(string what)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", $"{what} is not on this machine.");
        Assert.Fail($"{what} is missing, and with CI=true nothing is skipped.");
        throw new InvalidOperationException();
    }
}
