using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness;

/// <summary>Turns a look at a server into a report.</summary>
static class ReadinessEvaluator
{
    /// <summary>Judges.</summary>
    /// <param name="observation">The look.</param>
    /// <param name="today">The day for which support dates are judged.</param>
    /// <param name="size">What the admin knows of the server's size, or null.</param>
    /// <param name="rehearsal">What came of a rehearsal in the same session, or null when there was none.</param>
    public static ReadinessReport Evaluate(ServerObservation observation, DateOnly today, DeclaredServerSize? size = null, Rehearsal? rehearsal = null)
    {
        ArgumentNullException.ThrowIfNull(observation);
        IReadOnlyList<Finding> judged = observation is { Failure: null, Facts: { } facts }
            ? Evaluate(
                new(observation.Connection, facts, today)
                {
                    Tls = observation.Tls,
                    Pooler = observation.Pooler,
                    Size = size ?? new(VCpus: null, MemoryBytes: null),
                },
                rehearsal)
            : [];
        IReadOnlyList<Finding> cloud = observation.Connection.Server is { } server
            ? CloudEvaluator.Evaluate(observation.Connection, server, today, isConnected: observation.Failure is null)
            : [];
        var connection = EvaluateConnection(observation);
        if (observation.Failure is not null && cloud.FirstOrDefault(finding => finding.Status == FindingStatus.Fail) is { } cause)
        {
            connection = connection with { CausedBy = cause.Id, Fix = null };
        }

        return ReadinessReport.Of(observation.Connection, [connection, .. judged, .. cloud], observation.Facts, observation.Elapsed);
    }

    static IReadOnlyList<Finding> Evaluate(ReadinessInput input, Rehearsal? rehearsal)
    {
        var ruled = ReadinessRules.Evaluate(input);
        return rehearsal is null ? ruled : [.. ruled, .. RehearsalEvaluator.Evaluate(input, rehearsal, ruled)];
    }

    static Finding EvaluateConnection(ServerObservation observation)
    {
        var milliseconds = observation.ConnectTime.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        var tls = observation.Tls is { } negotiated ? $"{negotiated.Protocol} {negotiated.Cipher}" : "no TLS";
        return new()
        {
            Id = "Connection",
            Status = observation.Failure?.Kind switch
            {
                null => FindingStatus.Pass,
                // The pods may do what this machine cannot.
                ConnectionFailureKind.TlsNotCommon or ConnectionFailureKind.PasswordNotSupported => FindingStatus.Unknown,
                _ => FindingStatus.Fail,
            },
            Target = observation.Connection.Target,
            Message = observation.Failure is { } reason
                ? reason.Kind == ConnectionFailureKind.Other && reason.Detail is { } words ? $"{reason.Message} {words}" : reason.Message
                : $"User {observation.Connection.UserName} logged in within {milliseconds} ms ({tls}).",
            Evidence = observation.Failure is { } failure ? string.Join(' ', new[] { failure.SqlState, failure.Detail }.OfType<string>()) : null,
            Why = "Every pod of LangSmith connects like this.",
            Fix = observation.Failure?.Fix,
            Source = DatabaseRequirements.Of(observation.Connection.Purpose).Documentation,
        };
    }
}
