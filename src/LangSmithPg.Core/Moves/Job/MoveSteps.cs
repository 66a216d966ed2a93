using System.Globalization;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Reports;

namespace LangSmithPg.Moves.Job;

/// <summary>What an admin does before and after a move job, with all commands, as Markdown.</summary>
/// <param name="job">The job.</param>
/// <param name="release">The release whose databases are moved.</param>
sealed class MoveSteps(MoveJob job, MovedRelease release)
{
    const string JobFile = "move.yaml";
    const string FileBefore = "values-before.yaml";

    const string KeepClaim = """{"spec":{"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Retain"}}}""";

    // From this version on, Helm runs the migrations before it updates anything else. Source: templates/backend/ of the chart.
    static readonly ChartVersion EarlyMigrations = new("0.14.0");

    /// <summary>All steps.</summary>
    public string ToMarkdown() => string.Join("\n\n", Parts()) + "\n";

    IEnumerable<string> Parts() =>
    [
        $"# Move the PostgreSQL of {MarkdownText.Inline(release.ReleaseName)} out of the cluster",
        Table(),
        "Run all commands in PowerShell, in the folder of this file. From step 2 to step 5, LangSmith is not available. The source is only read: until step 4, nothing but step 5 is needed to go back.",
        .. Prepare(),
        .. Stop(),
        .. Copy(),
        .. Switch(),
        .. Start(),
        .. Check(),
        .. GoBack(),
    ];

    string Table() => string.Join('\n',
    [
        "| Database | From | To | Volume of the source |",
        "| --- | --- | --- | --- |",
        .. job.Databases.Select(one => $"| {one.Purpose} | {MarkdownText.CodeCell(one.ServerName)} | Secret {MarkdownText.CodeCell(one.Target.Name)}, key {MarkdownText.CodeCell(one.Target.Key)} | {(one.ClaimName is { } claim ? $"claim {MarkdownText.CodeCell(claim)}" : "none")} |"),
    ]);

    IEnumerable<string> Prepare()
    {
        yield return "## 1. Prepare";
        yield return "LangSmith keeps running. Each target has to be an empty database, and its Secret has to contain its connection: `New-LangSmithPgSecret` creates it, and `Test-LangSmithPgReadiness` checks the server. Keep the values of the release as they are now, to be able to go back; the file contains the secrets that are in them.";
        yield return Commands(
        [
            .. job.Databases.Select(one => one.Target.Name).Distinct().Select(secret => $"kubectl get secret {secret}{At}"),
            $"helm get values {release.ReleaseName}{At} -o yaml > {FileBefore}",
            .. Claims.Where(one => one.IsClaimDeleted).Select(one =>
                $"kubectl patch statefulset {one.ServerName}{At} -p '{KeepClaim}'"),
        ]);
        if (Claims.Any(one => one.IsClaimDeleted))
        {
            yield return "The values tell Kubernetes to delete the volume of the source with its server. The last command prevents this.";
        }

        if (job.Databases.Any(one => one.ClaimName is null))
        {
            yield return "A source has no volume of its own: step 4 deletes its data, and there is no way back after it. Keep a dump of it first.";
        }

        yield return "If Argo CD or Flux manages the release, suspend it: otherwise, it starts what step 2 stops.";
    }

    IEnumerable<string> Stop()
    {
        yield return "## 2. Stop what writes";
        yield return "The job refuses to copy while others use the source.";
        yield return Commands(
        [
            .. StopCommands,
            $"kubectl wait{At} --for=delete pod -l 'app.kubernetes.io/instance={release.ReleaseName},app.kubernetes.io/component in ({string.Join(',', job.Workloads.Select(one => one.Name))})' --timeout=10m",
        ]);
    }

    IEnumerable<string> Copy()
    {
        var commands = job.CommandsFor(JobFile);
        yield return "## 3. Copy and compare";
        yield return $"`{JobFile}` is the job, as `Export-LangSmithYaml` writes it. It checks both sides, copies, and compares every row.";
        // The last command, which removes the job, would take the log away.
        yield return Commands([commands[0], commands[1], $"$move = @({commands[2]})", "$move"]);
        yield return "If a database was not moved, its target was emptied again. Correct what the result says, remove the job with the command in step 6, and repeat this step; or skip step 4 to start LangSmith as it was.";
    }

    IEnumerable<string> Switch()
    {
        yield return "## 4. Switch to the new databases";
        if (release.TargetValues is not null)
        {
            yield return $"Save this as `{release.TargetFiles[0]}`. If the server needs a CA or a client certificate, add their Secrets.";
            yield return MarkdownText.Fenced(release.TargetValues.TrimEnd(), "yaml");
        }

        if (release.ChartVersion is null || release.ChartVersion >= EarlyMigrations)
        {
            yield return "From chart 0.14.0 on, Helm runs the migrations before it changes anything else. They find the new database only because its Secret is there already and `existingSecretName` names it; with `connectionUrl`, they would run in the old one.";
        }

        yield return Commands([$"if ($move.Count -eq {job.Databases.Count} -and $move.IsMoved -notcontains $false) {{ {Upgrade} }}"]);
    }

    IEnumerable<string> Start()
    {
        yield return "## 5. Start";
        yield return "Helm starts again what has a fixed number of pods. What an autoscaler manages stays at zero until it is told otherwise.";
        yield return Commands(StartCommands);
    }

    IEnumerable<string> Check()
    {
        yield return "## 6. Check";
        yield return Commands(
        [
            .. job.Workloads.Select(one => one.Resource.StartsWith("deployment/", StringComparison.Ordinal)
                ? $"kubectl rollout status {one.Resource}{At} --timeout=10m"
                : $"kubectl wait {one.Resource}{At} --for=condition=Available --timeout=10m"),
            $"Test-LangSmithPgRelease -Path {string.Join(", ", AllFiles.Select(CommandArgument.ForPowerShell))}{(release.ChartVersion is null ? "" : $" -ChartVersion {release.ChartVersion}")} -Secret (kubectl get secret {string.Join(' ', job.Databases.Select(one => one.Target.Name).Distinct())}{At} -o json | Out-String)",
            job.CommandsFor(JobFile)[^1],
        ]);
    }

    IEnumerable<string> GoBack()
    {
        yield return "## 7. Go back";
        yield return "The sources are as they were in step 2. What LangSmith has written to the new databases since step 5 is not in them.";
        yield return Commands(
        [
            .. StopCommands,
            $"helm rollback {release.ReleaseName}{At}",
            .. StartCommands,
        ]);
        if (Claims.Any())
        {
            yield return "When you are sure that you do not go back, delete the volumes of the sources.";
            yield return Commands([$"kubectl delete pvc{At} {string.Join(' ', Claims.Select(one => one.ClaimName))}"]);
        }
    }

    IReadOnlyList<string> StopCommands =>
    [
        .. Paused.Select(one => $"kubectl annotate scaledobject.keda.sh {one.Name}{At} autoscaling.keda.sh/paused-replicas=0 --overwrite"),
        .. Scaled.Count == 0 ? [] : (string[])[$"kubectl scale{At} --replicas=0 {Names(Scaled)}"],
    ];

    IReadOnlyList<string> StartCommands =>
    [
        .. Scaled.GroupBy(one => one.Replicas).OrderByDescending(group => group.Key).Select(group =>
            string.Create(CultureInfo.InvariantCulture, $"kubectl scale{At} --replicas={group.Key} {Names(group)}")),
        .. Paused.Select(one => $"kubectl annotate scaledobject.keda.sh {one.Name}{At} autoscaling.keda.sh/paused-replicas-"),
    ];

    string Upgrade => $"helm upgrade {release.ReleaseName} langchain/langsmith{(release.ChartVersion is null ? "" : $" --version {release.ChartVersion}")}{At} {string.Join(' ', AllFiles.Select(file => $"-f {CommandArgument.ForPowerShell(file)}"))}";

    IReadOnlyList<string> AllFiles => [.. release.ValuesFiles.Count == 0 ? [FileBefore] : release.ValuesFiles, .. release.TargetFiles];

    IReadOnlyList<MoveWorkload> Paused => [.. job.Workloads.Where(one => one.IsScaledByKeda)];

    IReadOnlyList<MoveWorkload> Scaled => [.. job.Workloads.Where(one => !one.IsScaledByKeda)];

    IEnumerable<MoveSource> Claims => job.Databases.Where(one => one.ClaimName is not null);

    string At => job.Namespace is null ? "" : $" -n {job.Namespace}";

    static string Names(IEnumerable<MoveWorkload> workloads) => string.Join(' ', workloads.Select(one => one.Resource));

    static string Commands(IEnumerable<string> commands) => MarkdownText.Fenced(string.Join('\n', commands), "powershell");
}
