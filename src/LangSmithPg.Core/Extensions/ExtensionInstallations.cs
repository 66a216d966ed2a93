using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Extensions;

/// <summary>What is to be installed, and what became of it.</summary>
static class ExtensionInstallations
{
    /// <summary>Names of the extensions that are missing.</summary>
    /// <param name="facts">What the server says.</param>
    public static IReadOnlyList<string> Missing(ServerFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return [.. facts.Extensions.Where(extension => extension.InstalledVersion is null).Select(extension => extension.Name)];
    }

    /// <summary>The statement that installs an extension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="schema">The schema that its objects go to.</param>
    public static string Statement(string name, string schema) =>
        $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(name)} SCHEMA {SqlIdentifier.Quote(schema)}";

    /// <summary>What there is to say where nothing was tried: all was there, or nobody confirmed.</summary>
    /// <param name="input">What is known.</param>
    public static IReadOnlyList<ExtensionInstallation> NotTried(ReadinessInput input) => [.. ExtensionEvaluator.Evaluate(input).Select(verdict => Of(
        verdict, verdict.Installed ? ExtensionAction.AlreadyInstalled : ExtensionAction.Skipped))];

    /// <summary>What there is to say afterwards. One that failed has kept all others from being installed.</summary>
    /// <param name="before">What was known before.</param>
    /// <param name="attempts">What was tried.</param>
    /// <param name="after">What is known since, or null when nothing was installed.</param>
    public static IReadOnlyList<ExtensionInstallation> Tried(
        ReadinessInput before, IReadOnlyList<ExtensionAttempt> attempts, ReadinessInput? after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(attempts);
        return [.. ExtensionEvaluator.Evaluate(after ?? before).Select(verdict => attempts.FirstOrDefault(one => one.Name == verdict.Name) switch
        {
            null => Of(verdict, ExtensionAction.AlreadyInstalled),
            { Error: { } error } => Of(verdict, ExtensionAction.Failed) with
            {
                Message = $"{verdict.Name} cannot be installed: {error.Reason()}. {error}",
                Fix = error.FixExtension(before, verdict.Name),
            },
            _ when after is not null => Of(verdict, ExtensionAction.Installed),
            _ => Of(verdict, ExtensionAction.Skipped) with { Message = $"{verdict.Name} was not installed because another extension failed.", Fix = null },
        })];
    }

    static ExtensionInstallation Of(ExtensionVerdict verdict, ExtensionAction action) => new()
    {
        Name = verdict.Name,
        Target = verdict.Target,
        Action = action,
        Schema = verdict.Schema,
        Version = verdict.Version,
        Message = verdict.Message,
        Fix = verdict.Fix,
    };
}
