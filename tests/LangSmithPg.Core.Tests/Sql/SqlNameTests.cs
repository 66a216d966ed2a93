using LangSmithPg.Sql;

namespace LangSmithPg.Core.Tests.Sql;

/// <summary>What goes into a statement as the server gives it.</summary>
public sealed class SqlNameTests
{
    [Theory]
    [InlineData("public.runs")]
    [InlineData("\"odd \"\"name\"\"\n\\! ; -- $$ '\".\"x\"")]
    [InlineData("public.f(integer,\"Odd\".\"type; \"[],timestamp with time zone,numeric(10,2))")]
    [InlineData("public.<@>(integer,integer)")]
    [InlineData("public.ops USING btree")]
    [InlineData("16384")]
    public void A_name_is_one(string text) => Assert.True(SqlName.Is(text));

    [Theory]
    [InlineData("")]
    [InlineData("runs; DROP TABLE runs")]
    [InlineData("runs\n\\! touch x")]
    [InlineData("runs\\")]
    [InlineData("runs -- ")]
    [InlineData("runs /* ")]
    [InlineData("\"runs")]
    [InlineData("\"runs\"\"")]
    [InlineData("\"runs\"; DROP")]
    [InlineData("'runs'")]
    [InlineData("$$runs$$")]
    [InlineData(":runs")]
    [InlineData("r\u00FCns")]
    public void Anything_more_is_none(string text) => Assert.False(SqlName.Is(text));
}
