using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the role is one that the cloud lets in by IAM. Sources: the clouds' documentation of IAM database authentication.</summary>
sealed class IamRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var facts = input.Facts;
        var quoted = SqlIdentifier.Quote(facts.Role.SessionUser);
        var (status, message, fix) = input.Connection.IamAuthProvider switch
        {
            null => (FindingStatus.NotApplicable, "The login uses a password.", null),
            _ when input.Connection.Purpose == DatabasePurpose.SmithDbTaskDb => (
                FindingStatus.Fail, "The connection uses IAM, but the chart supports only passwords for SmithDB's task database.", "Use a role with a password."),
            IamAuthProvider.Gcp when facts.Provider == ServerProvider.GoogleAlloyDb => (
                FindingStatus.Fail, "LangSmith's IAM login does not support AlloyDB, which uses a different type of token.",
                "Use Cloud SQL, or a password."),
            { } wanted when !Fits(wanted, facts.Provider) => (
                FindingStatus.Fail, $"The connection uses IAM of {wanted}, but the server does not run in that cloud: {(facts.Provider == ServerProvider.Unknown ? "no cloud provider was detected" : facts.Provider.DisplayName())}.",
                "Specify the cloud provider that runs the server, or use a password."),
            IamAuthProvider.Aws => Marked(
                facts.Role.MemberOf.Contains("rds_iam"), "a member of rds_iam", Remedy.Sql($"GRANT rds_iam TO {quoted}; -- never to the admin: its password would stop working")),
            IamAuthProvider.Gcp => Marked(
                facts.Role.MemberOf.Any(role => role is "cloudsqliamserviceaccount" or "cloudsqliamuser"), "an IAM user of Cloud SQL",
                Remedy.Shell("gcloud sql users create <service-account>@<project>.iam --type=cloud_iam_service_account --instance=<instance>")),
            _ => Marked(
                facts.Role.EntraLabel is not null, "linked to a Microsoft Entra identity",
                Remedy.Sql($"-- in database postgres, as a Microsoft Entra admin:\nSELECT * FROM pgaadauth_create_principal({SqlLiteral.Quote(facts.Role.SessionUser)}, false, false);")),
        };
        yield return input.Finding("Iam.Role", status, message) with
        {
            Evidence = facts.Role.EntraLabel,
            Why = "The pods log in with a token of their workload identity, which the server accepts only for such a role.",
            Fix = fix,
        };

        (FindingStatus, string, Remedy?) Marked(bool marked, string what, Remedy fix) => marked
            ? (FindingStatus.Pass, $"Role {facts.Role.SessionUser} is {what}.", null)
            : (FindingStatus.Fail, $"Role {facts.Role.SessionUser} is not {what}.", fix);
    }

    static bool Fits(IamAuthProvider wanted, ServerProvider provider) => wanted switch
    {
        IamAuthProvider.Aws => provider is ServerProvider.AmazonRds or ServerProvider.AmazonAurora,
        IamAuthProvider.Gcp => provider is ServerProvider.GoogleCloudSql,
        _ => provider is ServerProvider.Azure,
    };
}
