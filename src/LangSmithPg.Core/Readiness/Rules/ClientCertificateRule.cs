using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Tls;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the client's own certificate will do, and whether one is needed.</summary>
sealed class ClientCertificateRule : IReadinessRule
{
    static readonly TimeSpan Warning = TimeSpan.FromDays(30);

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var client = input.Tls?.ClientCertificate;
        if (client is not null && !input.Requirements.HasCertificateSettings)
        {
            yield return input.Finding("Tls.ClientCertificate", FindingStatus.Fail, "SmithDB cannot present a client certificate, and this check presented one.") with
            {
                Why = "The chart mounts no client certificate in the pods of SmithDB.",
                Fix = "Check without the client certificate, and use a role that can log in without one.",
            };
            yield break;
        }

        var problems = client is null
            ? []
            : ClientCertificateCheck.Check(client, input.Connection.UserName, new(input.Today.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero), Warning);
        // It let us in: what is wrong may matter tomorrow, or to another server.
        var worst = problems.OrderByDescending(problem => problem.Severity == DiagnosticSeverity.Error).FirstOrDefault();
        yield return input.Finding(
            "Tls.ClientCertificate",
            worst is not null ? FindingStatus.Warning : client is not null || input.Tls?.AsksForClientCertificate == true ? FindingStatus.Pass : FindingStatus.NotApplicable,
            (worst, client, input.Tls) switch
            {
                (not null, _, _) => worst.Message,
                (_, not null, _) => $"The client certificate is valid until {client.Certificate.Ends():yyyy-MM-dd}.",
                (_, _, { AsksForClientCertificate: true }) => "The server requests a client certificate, but accepts this user without one.",
                _ => "The server does not request a client certificate.",
            }) with
        {
            Evidence = client is null ? null : $"Subject {client.Certificate.ShownSubject()}, issuer {client.Certificate.ShownIssuer()}",
            Why = "A server with mutual TLS accepts only clients with a certificate that it trusts.",
            Fix = worst?.Fix,
        };
    }
}
