using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;
using LangSmithPg.Preflight;

namespace LangSmithPg.Moves.Job;

/// <summary>Finds where the connections to the targets of a move lie, and the certificates with which they are used.</summary>
static class MoveTargets
{
    /// <summary>The databases with the certificates of their targets, and for each the Secret of its target.</summary>
    /// <param name="databases">The databases in the cluster.</param>
    /// <param name="files">The values files with which the release is upgraded after the move, in the order of Helm's <c>-f</c>.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="releaseName">Name of the release.</param>
    /// <exception cref="PreflightException">The values do not configure an external server for one of the databases.</exception>
    /// <exception cref="MoveException">The connection to a target does not lie in a Secret of yours, or has no password.</exception>
    public static IReadOnlyList<(InstalledDatabase Database, SecretReference Target)> Find(
        IReadOnlyList<InstalledDatabase> databases, IReadOnlyList<ValuesFile> files, LintChart chart, string releaseName)
    {
        var pods = PreflightPods.Find(files, chart, releaseName, [.. databases.Select(one => one.Pod.Purpose)]);
        return [.. databases.Select(database => Find(database, pods.First(pod => pod.Purpose == database.Pod.Purpose)))];
    }

    /// <summary>The same, where nothing but the name of the Secret is known: it has the key that the chart reads by default.</summary>
    /// <param name="database">The database in the cluster.</param>
    /// <param name="secretName">The Secret of its target, or null for the name that New-LangSmithPgSecret uses.</param>
    public static (InstalledDatabase Database, SecretReference Target) Of(InstalledDatabase database, string? secretName) => (database, new(
        secretName ?? DatabaseSecrets.DefaultName(database.Pod.Purpose),
        database.Pod.Purpose == DatabasePurpose.LangSmith ? KubernetesSecret.DefaultConnectionKey : KubernetesSecret.AgentConnectionKey));

    static (InstalledDatabase Database, SecretReference Target) Find(InstalledDatabase database, PreflightPod target)
    {
        var path = database.Database.ValuesPath;
        if (target.UsesIam)
        {
            throw new MoveException(
                MoveProblemKind.TargetUsesIdentity, $"The values configure a login with a cloud identity for {target.Purpose}, and pg_restore needs a password.",
                "Move the database with a login that has a password: specify its Secret with -TargetSecretName in place of -TargetPath. After the move, hand everything over to the identity with Set-LangSmithPgOwner.");
        }

        if (target.IsSecretOfChart)
        {
            throw new MoveException(
                MoveProblemKind.TargetSecretMissing, $"The values do not specify {path.Child("existingSecretName")}, and the Secret that the chart creates for {target.Purpose} does not exist before the upgrade.",
                $"Create a Secret with New-LangSmithPgSecret, and specify its name in {path.Child("existingSecretName")}.");
        }

        return (database with
        {
            Pod = database.Pod with { Authorities = target.Authorities, ClientCertificate = target.ClientCertificate, ClientKey = target.ClientKey },
        }, target.Connection.First());
    }
}
