using System.Globalization;
using LangSmithPg.SupportQueries;

namespace LangSmithPg.Core.Tests.SupportQueries;

public sealed class ValueTests
{
    [Theory]
    [InlineData(16, "t", true)]
    [InlineData(21, "-5", (short)-5)]
    [InlineData(23, "7", 7)]
    [InlineData(20, "9223372036854775807", long.MaxValue)]
    [InlineData(26, "4294967295", uint.MaxValue)]
    [InlineData(701, "NaN", double.NaN)]
    [InlineData(701, "-Infinity", double.NegativeInfinity)]
    [InlineData(25, "1", "1")]
    [InlineData(3802, "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData(1700, "NaN", "NaN")]
    [InlineData(1700, "123456789012345678901234567890.5", "123456789012345678901234567890.5")]
    [InlineData(1184, "infinity", "infinity")]
    [InlineData(1184, "0044-03-15 00:00:00+00 BC", "0044-03-15 00:00:00+00 BC")]
    [InlineData(1082, "12026-01-01", "12026-01-01")]
    [InlineData(1186, "1 mon", "1 mon")]
    [InlineData(1007, "no array", "no array")]
    public void Values_are_objects_where_one_can_hold_them(uint type, string text, object expected) => Assert.Equal(expected, PgValue.Convert(type, text));

    [Theory]
    [InlineData(1184, "2026-07-24 00:00:00.123456+00", "2026-07-24T00:00:00.1234560Z")]
    [InlineData(1184, "2026-07-24 02:30:00+05:30", "2026-07-23T21:00:00.0000000Z")]
    [InlineData(1184, "1883-11-18 12:00:00-04:56:02", "1883-11-18T16:56:02.0000000Z")]
    [InlineData(1114, "2026-07-24 01:02:03.5", "2026-07-24T01:02:03.5000000")]
    [InlineData(1082, "2026-07-24", "2026-07-24T00:00:00.0000000")]
    public void Times_are_in_UTC_where_they_have_a_zone(uint type, string text, string expected) =>
        Assert.Equal(expected, Assert.IsType<DateTime>(PgValue.Convert(type, text)).ToString("O", CultureInfo.InvariantCulture));

    [Fact]
    public void Numbers_keep_their_digits()
    {
        Assert.Equal(1.50m, PgValue.Convert(1700, "1.50"));
        Assert.Equal("1.50", $"{PgValue.Convert(1700, "1.50")}");
        Assert.Equal(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), PgValue.Convert(2950, "6f9619ff-8b86-d011-b42d-00c04fc964ff"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{1,2,NULL}", "1", "2", null)]
    [InlineData("{\"a,b\",\"c\\\"d\\\\\",NULL,\"NULL\",\"\",e f}", "a,b", "c\"d\\", null, "NULL", "", "e f")]
    [InlineData("[0:1]={a,b}", "a", "b")]
    [InlineData("{{1,2},{3,4}}", "{1,2}", "{3,4}")]
    public void Arrays_are_lists_and_keep_their_text(string text, params string?[] expected)
    {
        var array = Assert.IsType<PgArray>(PgValue.Convert(1009, text));
        Assert.Equal(expected, array.Select(item => item?.ToString()));
        Assert.Equal(text, array.ToString());
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Files_are_read_as_editors_of_Windows_write_them(string encoding, bool mark)
    {
        var file = Path.GetTempFileName();
        var writer = System.Text.Encoding.GetEncoding(encoding);
        File.WriteAllBytes(file, [.. mark ? writer.GetPreamble() : [], .. writer.GetBytes("select 'é\r\n';\r\n")]);
        try
        {
            Assert.Equal("select 'é\n'", Assert.IsType<ScriptStatement>(Assert.Single(SupportScript.Open(file).Run(new(new Dictionary<string, string>())))).Text);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x73, 0xE9, 0x6C })]
    [InlineData(new byte[] { 0x73, 0x00, 0x6C, 0x00 })]
    public void What_is_not_text_is_not_a_script(byte[] bytes)
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, bytes);
        try
        {
            Assert.Equal(SupportQueryProblemKind.ScriptInvalid, Assert.Throws<SupportQueryException>(() => SupportScript.Open(file)).Kind);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
