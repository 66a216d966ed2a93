using LangSmithPg.Common;

namespace LangSmithPg.Core.Tests.Common;

public sealed class NearestTests
{
    static readonly string[] Names = ["backend", "queue", "Aws", "Azure", "Require", "VerifyFull"];

    [Theory]
    [InlineData("backned", "backend")]
    [InlineData("BACKEND", "backend")]
    [InlineData("queeu", "queue")]
    [InlineData("Azrue", "Azure")]
    [InlineData("required", "Require")]
    [InlineData("Asw", "Aws")]
    [InlineData("VerifyFul", "VerifyFull")]
    [InlineData("Amazon", null)]
    [InlineData("frontend", null)]
    [InlineData("", null)]
    public void A_slip_of_the_fingers_is_near_and_another_word_is_not(string written, string? meant) => Assert.Equal(meant, Nearest.To(written, Names));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("a", "", 1)]
    [InlineData("ab", "ba", 1)]
    [InlineData("ab", "BA", 1)]
    [InlineData("abc", "ca", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_neighbors_that_changed_places_once(string left, string right, int distance)
    {
        Assert.Equal(distance, Nearest.Distance(left, right));
        Assert.Equal(distance, Nearest.Distance(right, left));
    }
}
