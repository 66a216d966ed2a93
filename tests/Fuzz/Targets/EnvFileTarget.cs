using LangSmithPg.EnvFiles;

namespace LangSmithPg.Fuzz.Targets;

/// <summary><c>.env</c> files: the first line of the input is the variable's name, the second its value, the rest the file.</summary>
sealed class EnvFileTarget : FuzzTarget
{
    public override string Name => "env-files";

    public override int MaximumLength => 1024;

    public override IReadOnlyList<string> Words { get; } =
    [
        EnvFile.ConnectionVariable, "export ", "export\t", "=", ":", "\"", "'", "\\", "\\\"", "#", " #", "\n", "\r\n", "\uFEFF", "${A}", "$A", "${A:-b}", "`", "é", "\v", "\f", "\0",
        $"{EnvFile.ConnectionVariable}=", $"\n{EnvFile.ConnectionVariable}: ", Promise.Needle,
    ];

    public override void Run(byte[] input)
    {
        var (lines, text) = InputText.Split(input, 2);
        var (name, value) = (lines[0], lines[1]);
        try
        {
            var edit = EnvFile.Set(text, name, value);
            Promise.Holds(edit.IsChange || edit.Text == text, "Nothing is said to change, and something does.");
            Promise.Holds(edit.Lines.All(line => line >= 1 && line <= Math.Max(text.Count(IsLineEnd), edit.Text.Count(IsLineEnd)) + 1), "A line is named that the file does not have.");
            Promise.Holds(edit.Text.Contains(value, StringComparison.Ordinal), "The value is not in the file.");
            // A value of several lines goes as a whole, and then the lines have other numbers.
            Promise.Holds(
                edit.Text.Count(IsLineEnd) < text.Count(IsLineEnd) || Others(edit.Text, edit.Lines).SequenceEqual(Others(text, edit.Lines)), "Another line has changed.");
            if (edit.IsChange)
            {
                Promise.KeepsSecret(edit.ToString());
            }

            var again = EnvFile.Set(edit.Text, name, value);
            Promise.Holds(!again.IsChange && again.Text == edit.Text, "Set again, it changes again.");
        }
        catch (EnvFileException exception)
        {
            Promise.KeepsSecret(exception.Message, exception.Fix);
            Promise.Holds(exception.Line >= 1 && exception.Line <= text.Count(IsLineEnd) + 1, "A line is named that the file does not have.");
        }
        catch (ArgumentException exception)
        {
            Promise.KeepsSecret(exception.Message);
        }
    }

    static bool IsLineEnd(char character) => character == '\n';

    static IEnumerable<string> Others(string text, IReadOnlyList<int> lines) =>
        text.Split('\n').Where((line, index) => !lines.Contains(index + 1)).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
}
