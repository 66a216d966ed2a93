using LangSmithPg.Comparisons;

namespace LangSmithPg.Core.Tests.Comparisons;

/// <summary>Definitions as versions of PostgreSQL write them.</summary>
public sealed class DefinitionTests
{
    static readonly HashSet<string> Schemas = ["public", "Odd"];

    [Theory]
    // Since PostgreSQL 16, a column of the only table has no qualifier.
    [InlineData("SELECT t1.id,\n    t1.name\n   FROM public.t1\n  WHERE (t1.amount > (3)::numeric);", "SELECT id,\n    name\n   FROM public.t1\n  WHERE (amount > (3)::numeric);")]
    // A word that became a keyword is quoted.
    [InlineData("CHECK ((merge_action > 0))", "CHECK ((\"merge_action\" > 0))")]
    [InlineData("a  AND\n b", "a AND b")]
    [InlineData("f( a , b )", "f(a, b)")]
    public void The_same_is_the_same(string one, string other) => Assert.Equal(Definition.Normalize(one, Schemas), Definition.Normalize(other, Schemas));

    [Theory]
    [InlineData("SELECT id FROM public.t1", "SELECT id FROM \"Odd\".t1")]
    [InlineData("'a  b'::text", "'a b'::text")]
    [InlineData("'t1.id'", "'id'")]
    [InlineData("(a > 3)", "(a > 4)")]
    [InlineData("(a > 3)", "(\"A\" > 3)")]
    [InlineData("a b", "ab")]
    [InlineData("'it''s x.y'", "'it''s y'")]
    [InlineData("1.5", "5")]
    public void What_differs_stays_different(string one, string other) => Assert.NotEqual(Definition.Normalize(one, Schemas), Definition.Normalize(other, Schemas));
}
