using System.Diagnostics;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Common;

/// <summary>What is quoted for a shell, as shells read it.</summary>
public sealed class CommandArgumentTests : IDisposable
{
    readonly ModuleSession _session = new();

    public static TheoryData<string> Values =>
    [
        "values.yaml", "./values-prod.yaml", "C:\\charts\\my values.yaml", "arn:aws:iam::123456789012:role/a/$(touch x)/b", "sa@project.iam", "o'brien@example.com",
        "it\u2019s", "\u2018;exit;\u2019", "a;b|c&d>e", "`id`", "$env:PATH", "%PATH%", "!!", "-Confirm", "--help", "@splat", "", "~", "*", "a\nb",
    ];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public void PowerShell_gets_the_value_itself(string value) =>
        Assert.Equal(value, Read(Quoted("ForPowerShell", "@($value)", value)));

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Every_shell_gets_the_value_itself_or_a_placeholder(string value)
    {
        var argument = Quoted("ForAnyShell", "@($value, '<user>')", value);
        if (argument == "<user>")
        {
            Assert.True(value.Length == 0 || !char.IsAsciiLetterOrDigit(value[0]) || value.Any(character => !char.IsAsciiLetterOrDigit(character) && !"._:/@+-".Contains(character, StringComparison.Ordinal)));
            return;
        }

        Assert.Equal(value, Read(argument));
        if (!OperatingSystem.IsWindows())
        {
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"printf %s {argument}"]) { RedirectStandardOutput = true })!;
            Assert.Equal(value, await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
    }

    string Quoted(string method, string arguments, string value)
    {
        _session.Set("value", value);
        return (string)_session.Run($"[LangSmithPg.Connections.PgConnectionString].Assembly.GetType('LangSmithPg.Common.CommandArgument').GetMethod('{method}').Invoke($null, {arguments})").Single.BaseObject;
    }

    object Read(string argument) => _session.Run($"& {{ $args[0] }} {argument}").Single.BaseObject;
}
