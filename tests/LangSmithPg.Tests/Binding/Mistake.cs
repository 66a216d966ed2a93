using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Runs what somebody typed by mistake, and requires the one message that it is to get.</summary>
static class Mistake
{
    /// <summary>A password in what is typed, which no message shows.</summary>
    public const string Needle = "N33dle";

    public static void IsTold(ModuleSession session, string script, string id, string message, string advice)
    {
        var result = session.Run(script);

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(advice, error.ErrorDetails?.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
        Assert.DoesNotContain(Needle, $"{error} {error.ErrorDetails?.RecommendedAction} {error.TargetObject}", StringComparison.Ordinal);
    }

    public static void IsWarnedOf(ModuleSession session, string script, string message, string advice)
    {
        var result = session.Run(script);

        Assert.Empty(result.Errors);
        var warning = Assert.Single(result.Warnings);
        Assert.Contains(message, warning, StringComparison.Ordinal);
        Assert.Contains(advice, warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Needle, warning, StringComparison.Ordinal);
    }
}
