using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Connections.Snapshots;

/// <summary>What texts are read as, and every word that is said about them: <c>texts.txt</c>.</summary>
public sealed class TextSnapshotTests
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Every_text_is_read_as_it_should() => SnapshotFile.AssertIs("Connections/Snapshots/texts.txt", Describe());

    static string Describe()
    {
        var text = new StringBuilder();
        foreach (var (title, texts) in Texts.All)
        {
            text.Append("# ").Append(title).Append("\n\n");
            foreach (var one in texts)
            {
                var result = PgConnectionString.Parse(one);
                text.Append(Shown(one)).Append('\n').Append("    ").Append(result.Format?.ToString() ?? "no form").Append(": ");
                text.Append(result.Connection is { } connection ? $"{Short(connection.ToPlainText())}{(connection.Schema == "public" ? "" : $" schema={Short(connection.Schema)}")}" : "refused").Append('\n');
                foreach (var diagnostic in result.Diagnostics)
                {
                    text.Append("    ").Append(diagnostic.Severity).Append(' ').Append(diagnostic.Problem);
                    text.Append(diagnostic.Span is { } span ? $" {Shown(one.Substring(span.Start, span.Length))} at {span.Start}" : "").Append(": ");
                    text.Append(diagnostic.Message).Append(" | ").Append(diagnostic.Fix).Append('\n');
                }
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    static string Shown(string text) => JsonSerializer.Serialize(Short(text), Readable);

    static string Short(string text) => text.Length > 120 ? $"{text[..40]}… {text.Length} characters" : text;
}
