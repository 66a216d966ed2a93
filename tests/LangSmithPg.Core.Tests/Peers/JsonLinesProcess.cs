using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace LangSmithPg.Core.Tests.Peers;

/// <summary>Runs a program that reads JSON lines and answers with JSON lines.</summary>
static class JsonLinesProcess
{
    /// <summary>Runs a program over its input, or returns null when it cannot be started.</summary>
    public static string? Run(string program, IEnumerable<string> arguments, string input, string folder, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var text = output.GetAwaiter().GetResult();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static string Encode(IEnumerable<string> texts) => string.Concat(texts.Select(text => JsonSerializer.Serialize(text) + "\n"));

    public static List<T> Decode<T>(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)!)];
}
