using System.Diagnostics.CodeAnalysis;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>
/// Another program that a test asks. Its absence is a visible skip, and a failure where everything must be there. A test looks for it
/// before it makes anything that others can see, and outside of samples, where a skip is one more failure.
/// </summary>
static class Peer
{
    /// <summary>The full path of a program on the PATH.</summary>
    /// <param name="program">Its name, without <c>.exe</c>.</param>
    /// <param name="others">Names that it has elsewhere.</param>
    public static string Find(string program, params string[] others)
    {
        if (others.Prepend(program).Select(name => ProgramPath.Find(name)).FirstOrDefault(path => path is not null) is { } found)
        {
            return found;
        }

        Missing(program);
        return "";
    }

    [DoesNotReturn]
    public static void Missing(string what)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", $"{what} is not on this machine.");
        Assert.Fail($"{what} is missing, and with CI=true nothing is skipped.");
        throw new InvalidOperationException();
    }
}
