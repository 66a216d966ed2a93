using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Architecture;

public sealed class ScriptListsTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    public static TheoryData<int> Lengths => [1, 2];

    // That PowerShell takes such a list for one thing is why no cmdlet may give one.
    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_list_that_PowerShell_cannot_index_is_found(int length)
    {
        var made = new Sample([.. Enumerable.Repeat("x", length)]);
        var array = new Sample(Enumerable.Repeat("x", length).ToArray());

        Assert.Equal(["Sample.List"], ScriptLists.NotIndexable([new(made)]));
        Assert.Empty(ScriptLists.NotIndexable([new(array)]));
        _session.Set("made", made);
        _session.Set("array", array);
        Assert.Equal(length > 1 ? ["x x", "x"] : ["x", "x"], _session.Run("\"$($made.List[0])\"; \"$($array.List[0])\"").Output.Select(text => (string)text.BaseObject));
    }

    public sealed record Sample(IReadOnlyList<string> List);
}
