using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Clouds;

namespace LangSmithPg.Readiness;

/// <summary>Judges what a cloud says of a server. It needs no login: where that failed, it may tell why.</summary>
static class CloudEvaluator
{
    // Time enough to renew it and to give the new authority to LangSmith.
    const int CertificateDays = 30;

    // The least storage that Amazon RDS may grow to, in GB, where it has little now.
    const int MinimumGrowth = 100;

    static readonly string[] Down = ["STOP", "SUSPEND", "FAIL", "DISABLED", "INACCESSIBLE", "DELET", "DROP", "INCOMPATIBLE", "CREAT"];

    /// <summary>Judges; what the description does not say has no finding.</summary>
    /// <param name="connection">How LangSmith is to connect.</param>
    /// <param name="server">What the cloud says.</param>
    /// <param name="today">The day for which the end of a certificate is judged.</param>
    /// <param name="isConnected">Whether the login succeeded just now, which goes before an older description.</param>
    public static IReadOnlyList<Finding> Evaluate(PgConnectionString connection, CloudServer server, DateOnly today, bool isConnected)
    {
        IEnumerable<Finding?> findings =
        [
            isConnected ? null : State(server), Login(connection, server, isConnected), HighAvailability(server), PublicAccess(server),
            StorageAutoGrow(server), Certificate(server, today),
        ];
        return [.. findings.OfType<Finding>().Select(finding => finding with { Target = connection.Target })];
    }

    static Finding? State(CloudServer server)
    {
        if (server.State is not { } state)
        {
            return null;
        }

        var cloud = server.Provider.DisplayName();
        var (status, message, fix) = state.ToUpperInvariant() switch
        {
            "READY" or "AVAILABLE" or "RUNNABLE" => (FindingStatus.Pass, $"{cloud} reports that the server is running.", null),
            "STOPPED" or "SUSPENDED" => (FindingStatus.Fail, $"{cloud} reports that the server is stopped.", CloudCommand.Start(server)),
            var word when Down.Any(part => word.Contains(part, StringComparison.Ordinal)) => (
                FindingStatus.Fail, $"{cloud} reports that the server is not running: its state is {state}.", "Check the server in the cloud's portal."),
            _ => (FindingStatus.Unknown, $"{cloud} reports the state {state}, in which the server may not accept connections.", (Remedy?)"Test again when the state has changed."),
        };
        return New(server, "Cloud.State", status, message) with { Why = "Only a running server accepts connections.", Fix = fix };
    }

    static Finding? Login(PgConnectionString connection, CloudServer server, bool isConnected)
    {
        var usesIdentity = connection.IamAuthProvider is not null;
        if ((usesIdentity ? server.AcceptsIdentities : server.AcceptsPasswords) is not { } accepts)
        {
            return null;
        }

        var isOff = !accepts && !isConnected;
        var kind = !usesIdentity ? "passwords" : server.Provider == ServerProvider.Azure ? "Microsoft Entra identities" : "IAM identities";
        return New(server, "Cloud.Login", isOff ? FindingStatus.Fail : FindingStatus.Pass,
            isOff ? $"The server does not accept logins with {kind}, and the connection uses one." : $"The server accepts logins with {kind}.") with
        {
            Why = "LangSmith's pods log in as the connection specifies.",
            Fix = !isOff ? null
                : usesIdentity ? CloudCommand.Change(server, "--microsoft-entra-auth Enabled", "--enable-iam-database-authentication", CloudCommand.Flags(server, "cloudsql.iam_authentication=on"))
                : CloudCommand.Change(server, "--password-auth Enabled", rds: null, cloudSql: null),
        };
    }

    static Finding? HighAvailability(CloudServer server) => server.IsHighlyAvailable is not { } isAvailable ? null
        : New(server, "Cloud.HighAvailability", isAvailable ? FindingStatus.Pass : FindingStatus.Warning,
            isAvailable ? "A standby takes over when the server fails." : "The server has no standby: while it fails or is updated, LangSmith is not available.") with
        {
            Why = "LangSmith does not work without this database.",
            Fix = isAvailable ? null
                : server.IsCluster ? "Add a reader in another availability zone."
                : CloudCommand.Change(server, "--zonal-resiliency Enabled", "--multi-az", "--availability-type=REGIONAL"),
        };

    static Finding? PublicAccess(CloudServer server) => server.IsPublic is not { } isPublic ? null
        : New(server, "Cloud.PublicAccess", isPublic ? FindingStatus.Warning : FindingStatus.Pass,
            isPublic ? "The server can be reached from the internet, as far as its firewall rules allow." : "The server can be reached only from its private network.") with
        {
            Why = "From the internet, only firewall rules and passwords protect the data.",
            Fix = !isPublic || CloudCommand.Change(server, "--public-access Disabled", "--no-publicly-accessible", "--no-assign-ip") is not { } command
                ? null
                : Remedy.Shell($"# when the cluster connects by a private address\n{command.Text}"),
        };

    static Finding? StorageAutoGrow(CloudServer server) => server.StorageGrows is not { } grows ? null
        : New(server, "Cloud.StorageAutoGrow", grows ? FindingStatus.Pass : FindingStatus.Warning,
            grows ? "The storage grows automatically." : "The storage does not grow automatically.") with
        {
            Why = "When the storage is full, the server accepts no more writes, and LangSmith loses runs.",
            Fix = grows ? null : CloudCommand.Change(
                server, "--storage-auto-grow Enabled", string.Create(CultureInfo.InvariantCulture, $"--max-allocated-storage {Math.Max(MinimumGrowth, 2L * (server.StorageSize ?? 0))}"),
                "--storage-auto-increase"),
        };

    static Finding? Certificate(CloudServer server, DateOnly today)
    {
        if (server.CertificateExpires is not { } expires)
        {
            return null;
        }

        var day = DateOnly.FromDateTime(expires.UtcDateTime);
        var isAuthority = server.Provider == ServerProvider.GoogleCloudSql;
        var isSoon = day < today.AddDays(CertificateDays);
        return New(server, "Cloud.Certificate", isSoon ? FindingStatus.Warning : FindingStatus.Pass, string.Create(CultureInfo.InvariantCulture,
            $"The certificate of the server{(isAuthority ? "'s authority" : "")} {(day < today ? "expired" : "expires")} on {day:yyyy-MM-dd}.")) with
        {
            Why = "After that day, clients that verify the server cannot connect.",
            Fix = !isSoon ? null
                : isAuthority ? CloudCommand.NewAuthority(server)
                : CloudCommand.Change(server, azure: null, "--ca-certificate-identifier rds-ca-rsa2048-g1", cloudSql: null),
        };
    }

    static Finding New(CloudServer server, string id, FindingStatus status, string message) => new()
    {
        Id = id,
        Status = status,
        Target = server.Name,
        Message = message,
        Evidence = $"{server.Provider.DisplayName()}, {server.Name}",
        Source = server.Provider switch
        {
            ServerProvider.Azure => new("https://learn.microsoft.com/rest/api/postgresql/servers/get"),
            ServerProvider.GoogleCloudSql => new("https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances"),
            _ when server.IsCluster => new("https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html"),
            _ => new("https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html"),
        },
    };
}
