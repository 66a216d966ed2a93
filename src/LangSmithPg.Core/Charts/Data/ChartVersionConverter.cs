using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmithPg.Charts.Data;

sealed class ChartVersionConverter : JsonConverter<ChartVersion>
{
    public override ChartVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ChartVersion.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ChartVersion value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
