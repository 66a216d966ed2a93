using System.Text.Json;
using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Helm;

namespace LangSmithPg.Core.Tests.Helm;

public sealed class HelmValuesTests
{
    static readonly ValuesPath A = ValuesPath.Of("a"), AB = ValuesPath.Of("a.b"), AC = ValuesPath.Of("a.c"), B = ValuesPath.Of("b");

    [Fact]
    public void Values_stand_in_the_order_in_which_they_were_set_and_maps_where_they_began()
    {
        var document = HelmValues.Empty.With(AB, 1).With(B, 2).With(AC, 3).ToDocument();

        Assert.Equal(["a", "b"], document.Entries.Select(entry => entry.Key));
        Assert.Equal(["b", "c"], Assert.IsType<DocumentMap>(document.Entries[0].Value).Entries.Select(entry => entry.Key));
    }

    [Fact]
    public void A_value_that_is_set_again_is_replaced_where_it_stands()
    {
        var values = HelmValues.Empty.With(AB, "old", isSecret: true).With(AC, 1).With(AB, "new");

        Assert.Equal("a.b: new, a.c: 1", values.ToString());
        Assert.False(values.HoldsSecrets);
    }

    [Fact]
    public void An_overlay_does_not_change_when_another_is_made_of_it()
    {
        var first = HelmValues.Empty.With(A, 1);

        _ = first.With(A, 2).With(B, 3);

        Assert.Equal("a: 1", first.ToString());
        Assert.Empty(HelmValues.Empty.Entries);
    }

    [Fact]
    public void A_value_cannot_be_a_map_too()
    {
        Assert.Throws<ArgumentException>(() => HelmValues.Empty.With(A, 1).With(AB, 2));
        Assert.Throws<ArgumentException>(() => HelmValues.Empty.With(AB, 1).With(A, 2));
    }

    [Fact]
    public void A_secret_is_in_the_document_and_nowhere_else()
    {
        var values = HelmValues.Empty.With(A, "hidden", isSecret: true);

        Assert.True(values.HoldsSecrets);
        Assert.Equal("a: ****", values.ToString());
        Assert.Empty(Shown.By(values, "hidden"));
        Assert.DoesNotContain("hidden", JsonSerializer.Serialize(values), StringComparison.Ordinal);
        Assert.Equal(new DocumentText("hidden"), values.ToDocument().Entries[0].Value);
    }
}
