using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmithPg.Text;

/// <summary>Reads texts that a server chose: what would steer the terminal of whoever they are shown to becomes visible.</summary>
sealed class VisibleTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Names that hold what cannot be seen stay what they are; no name that somebody uses holds a control character.
        var text = reader.GetString();
        return text?.Any(char.IsControl) == true ? VisibleText.Of(text) : text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options)!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
