using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LangSmithPg.Yaml.Tests.Tools;

/// <summary>A program that is given a text and answers with one.</summary>
static class Tool
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the program writes. A program that cannot be run or fails is an <see cref="IOException"/>.</summary>
    public static async Task<string> AskAsync(string program, string input, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = Utf8,
                StandardOutputEncoding = Utf8,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{Path.GetFileName(program)} cannot be run: {e.Message}", e);
        }

        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? await output : throw new IOException($"{Path.GetFileName(program)} failed: {await errors}");
    }
}
