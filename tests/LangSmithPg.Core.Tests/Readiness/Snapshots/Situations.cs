using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Rehearsals;
using LangSmithPg.Findings;
using LangSmithPg.Ownership;
using LangSmithPg.Readiness;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Readiness.Snapshots;

/// <summary>A server as an admin brings it.</summary>
/// <param name="Title">What is special about it.</param>
/// <param name="Provider">The recorded server that it is but for that, or null for one's own.</param>
/// <param name="Input">What rules are given.</param>
sealed record Situation(string Title, string? Provider, ReadinessInput Input)
{
    /// <summary>What came of a rehearsal, or null without one.</summary>
    public Rehearsal? Rehearsal { get; init; }

    /// <summary>What is found about it.</summary>
    public IReadOnlyList<Finding> Findings => Evaluate(Input, Rehearsal);

    /// <summary>What is found where nothing is special.</summary>
    public IReadOnlyList<Finding> Usual
    {
        get
        {
            var usual = Inputs.Of(Provider);
            return Evaluate(usual, Rehearsal is null ? null : new(RehearsalSamples.Steps(usual.Facts), []));
        }
    }

    static IReadOnlyList<Finding> Evaluate(ReadinessInput input, Rehearsal? rehearsal)
    {
        var ruled = ReadinessRules.Evaluate(input);
        var cloud = input.Connection.Server is { } server ? CloudEvaluator.Evaluate(input.Connection, server, input.Today, isConnected: true) : [];
        return rehearsal is null ? [.. ruled, .. cloud] : [.. ruled, .. RehearsalEvaluator.Evaluate(input, rehearsal, ruled), .. cloud];
    }
}

/// <summary>Servers as admins bring them, each with what is wrong with it.</summary>
static class Situations
{
    static readonly ClientTls Tls = new("TLSv1.3", "TLS_AES_256_GCM_SHA384", "CN=db", null);

    public static IReadOnlyList<Situation> All { get; } =
    [
        new("A server of one's own, a new database", Provider: null, Inputs.Of(provider: null)),
        Rehearsed("A rehearsal that goes through", facts => facts),
        .. ((string[])["aiven", "amazon-aurora", "amazon-rds", "azure-cosmos-db", "azure", "digital-ocean", "google-alloydb", "google-cloud-sql", "neon", "supabase"])
            .Select(provider => new Situation($"The recorded server of {provider}", Provider: null, Inputs.Of(provider))),
        Changed("A role that may do nothing but connect", facts => facts with
        {
            Database = facts.Database with { Owner = "postgres", IsOwner = false, CanCreate = false, CanCreateTemporary = false },
            Schema = facts.Schema with { IsOwner = false, CanUse = false, CanCreate = false },
        }),
        Changed("The schema belongs to somebody else", facts => facts with { Schema = facts.Schema with { Owner = "old", IsOwner = false, CanCreate = false } }),
        Changed("No schema yet, and the role may create it", facts => facts with { Schema = Missing }),
        Changed("No schema yet, and the role may not create it", facts => facts with
        {
            Database = facts.Database with { CanCreate = false },
            Schema = Missing,
        }),
        Changed("The role's own tables", facts => facts with { Schema = facts.Schema with { Objects = [new("langsmith", 5, IsOwner: true)] } }),
        Changed("Tables of three roles, one of which the role is a member of", facts => facts with
        {
            Schema = facts.Schema with { Objects = [new("langsmith", 5, IsOwner: true), new("owners", 4, IsOwner: true), new("old", 3, IsOwner: false), new("older", 2, IsOwner: false)] },
        }),
        Changed("Extensions that are installed, elsewhere, without files, and not trusted", facts => facts
            .With("btree_gin", one => one with { InstalledVersion = "1.3", Schema = "public", Owner = "postgres" })
            .With("citext", one => one with { InstalledVersion = "1.6", Schema = "extensions", Owner = "postgres" })
            .With("ltree", one => one with { AvailableVersion = null, Trusted = null })
            .With("pg_trgm", one => one with { Trusted = false })),
        Changed("A standby", facts => facts with { Server = facts.Server with { InRecovery = true } }),
        Changed("Transactions that are read-only unless told otherwise", facts => facts with { Server = facts.Server with { ReadOnlyByDefault = true } }),
        Changed("PostgreSQL 13", facts => facts with { Server = facts.Server with { VersionNumber = 130_022, Version = "PostgreSQL 13.22" } }),
        Changed("PostgreSQL 14, in its last year", facts => facts with { Server = facts.Server with { VersionNumber = 140_020, Version = "PostgreSQL 14.20" } }, new(2026, 6, 1)),
        Changed("A version that is not known yet", facts => facts with { Server = facts.Server with { VersionNumber = 990_001, Version = "PostgreSQL 99.1" } }),
        Changed("CockroachDB", facts => facts with { Server = facts.Server with { Version = "CockroachDB CCL v24.1.0" } }),
        Changed("Another encoding", facts => facts with { Database = facts.Database with { Encoding = "LATIN1" } }),
        Changed("Settings that are imposed", facts => facts with
        {
            Overrides = [new("langsmith", null, "statement_timeout=30s"), new(null, "langsmith", "search_path=app"), new(null, null, "work_mem=64MB")],
        }),
        Changed("Time limits that are short", facts => facts with
        {
            Settings = new Dictionary<string, string>(facts.Settings) { ["statement_timeout"] = "300", ["idle_session_timeout"] = "600000", ["idle_in_transaction_session_timeout"] = "30000" },
        }),
        Changed("A superuser, and a server that is not well", facts => facts with
        {
            Role = facts.Role with { IsSuperuser = true },
            Server = facts.Server with { VersionNumber = 170_002 },
            Settings = new Dictionary<string, string>(facts.Settings)
            {
                ["fsync"] = "off", ["autovacuum"] = "off", ["track_counts"] = "off", ["password_encryption"] = "md5", ["temp_file_limit"] = "10240", ["synchronous_standby_names"] = "nosuch",
            },
            Health = new(
                "2.35", "2.36", [new("in doubt", "app", 600)], [new("left behind", 5L << 30)], Standbys: 0, SynchronousStandbys: null, "fast disks", CanCreateInTablespace: false, ["PUBLIC", "readers"]),
        }),
        Changed("A server that hides how well it is", facts => facts with { Health = null, HealthError = "permission denied for function pg_get_replication_slots" }),
        Changed("Extensions whose names are taken, which are old, or cannot be listed", facts => (facts with { ControlFileError = "syntax error in file \"thirdparty.control\" line 1" })
            .With("btree_gin", one => one with { InstalledVersion = "1.0", Schema = "public", Owner = "postgres", AvailableVersion = null, IndexesUuid = false })
            .With("btree_gist", one => one with { InstalledVersion = "1.6", Schema = "public", Owner = "postgres", AvailableVersion = "1.7", IndexesUuid = true })
            .With("citext", one => one with { AvailableVersion = null, NameTakenBy = "DOMAIN citext" })
            .With("ltree", one => one with { AvailableVersion = null, Trusted = null })
            .With("pg_trgm", one => one with { Trusted = null })),
        Changed("An extension elsewhere, on Azure", facts => facts.With("citext", one => one with { InstalledVersion = "1.6", Schema = "extensions", Owner = "azuresu" }) with
        {
            Settings = new Dictionary<string, string>(facts.Settings) { ["azure.extensions"] = "CITEXT" },
        }),
        Changed("Objects of a superuser, and of whoever created the role", facts => facts with
        {
            Schema = facts.Schema with { Objects = [new("postgres", 3, IsOwner: false, IsSuperuser: true), new("master", 2, IsOwner: false, IsMember: true)] },
        }),
        Changed("Everything prepared, and no CREATE on the database", facts => facts with
        {
            Database = facts.Database with { CanCreate = false },
            Extensions = [.. facts.Extensions.Select(one => one with { InstalledVersion = one.AvailableVersion, Schema = "public", Owner = "dba", IndexesUuid = true })],
        }),
        Changed("Limits, half used, and a password that ends", facts => facts with
        {
            Database = facts.Database with { ConnectionLimit = 60, Connections = 20 },
            Role = facts.Role with { ConnectionLimit = 5, Connections = 9, ValidUntil = facts.Server.Time.AddDays(3) },
            Connections = new(100, 3, 80),
        }),
        Changed("Limits that are wide, and a password that ends in a year", facts => facts with
        {
            Database = facts.Database with { ConnectionLimit = 500, Connections = 20 },
            Role = facts.Role with { ConnectionLimit = 500, Connections = 1, ValidUntil = facts.Server.Time.AddDays(365) },
        }),
        new("A password in clear, on this machine", Provider: null, EnvironmentRuleTests.Connected(Inputs.Of(provider: null), "u:p@localhost/d?sslmode=disable")),
        new("TLS to the server itself", Provider: null, Inputs.Of(null, facts => facts with { Tls = new(Encrypted: true, "TLSv1.3", "TLS_AES_256_GCM_SHA384") }) with { Tls = Tls }),
        new("TLS that ends at a pooler", Provider: null, Inputs.Of(null, facts => facts with { Tls = new(Encrypted: false, null, null) }) with { Tls = Tls }),
        new("TLS, and the server does not say", Provider: null, Inputs.Of(null, facts => facts with { Tls = null }) with { Tls = Tls }),
        Pooled("A pooler for transactions", provider: null, new(null, SharesBackends: true)),
        Pooled("A pooler for transactions, of Azure", "azure", new(null, SharesBackends: true)),
        Pooled("A pooler that refuses LangSmith's parameters", provider: null, new(new("08P01", "unsupported startup parameter: search_path"), SharesBackends: false)),
        Pooled("A pooler that refuses LangSmith's parameters, of Azure", "azure", new(new("08P01", "unsupported startup parameter: search_path"), SharesBackends: false)),
        Pooled("A pooler that was full", provider: null, new(null, SharesBackends: null)),
        Pooled("A pooler for sessions", provider: null, new(null, SharesBackends: false)),
        Pooled("A pooler that drops the search path", provider: null, new(null, SharesBackends: false, ["pg_catalog", "elsewhere", "public"])),
        Pooled("Amazon RDS Proxy", "amazon-rds", new(new("0A000", "Feature not supported: RDS Proxy currently doesn't support command-line options."), null)),
        new("A name of another cloud", "amazon-rds", EnvironmentRuleTests.Connected(Inputs.Of("amazon-rds"), "u:p@db.postgres.database.azure.com/d")),
        new("A name of a cloud, and a server without its traces", Provider: null, EnvironmentRuleTests.Connected(Inputs.Of(provider: null), "u:p@db.abc.eu-central-1.rds.amazonaws.com/d")),
        new("A small server, as the admin states", Provider: null, Inputs.Of(provider: null) with { Size = new(1, 512L << 20) }),
        new("A large server, as the admin states", Provider: null, Inputs.Of(provider: null) with { Size = new(4, 12L << 30) }),
        new("A small server that Azure describes", "azure", Inputs.Of(Clouds.ServerDescriptions.PoorAzure, "azure")),
        new("A large server that Azure describes", "azure", Inputs.Of(Clouds.ServerDescriptions.GoodAzure, "azure")),
        new("A small instance that Amazon describes", "amazon-rds", Inputs.Of(Clouds.ServerDescriptions.PoorRds, "amazon-rds")),
        new("A small instance that Google describes", "google-cloud-sql", Inputs.Of(Clouds.ServerDescriptions.PoorCloudSql, "google-cloud-sql")),
        .. ((string[])["amazon-aurora", "amazon-rds", "azure", "google-cloud-sql"]).Select(provider => Buffered(provider, 98_304)),
        Buffered(provider: null, 1_048_576),
        Identified("IAM of AWS, and a role that is not for it", "amazon-rds", IamAuthProvider.Aws),
        Identified("IAM of Google Cloud, and a role that is not for it", "google-cloud-sql", IamAuthProvider.Gcp),
        Identified("IAM of Google Cloud, on AlloyDB", "google-alloydb", IamAuthProvider.Gcp),
        Identified("IAM of Azure, and a role that is not for it", "azure", IamAuthProvider.Azure),
        Identified("IAM of another cloud", provider: null, IamAuthProvider.Azure),
        Rehearsed("A rehearsal in a schema that is not there, with an extension that is", facts => facts
            .With("citext", one => one with { InstalledVersion = "1.6", Schema = "public", Owner = "postgres" }) with { Schema = Missing }),
        Rehearsed("A rehearsal by a role that lacks privileges, whatever the rules say", facts => facts, step => step.Name switch
        {
            "Table" => step with { Error = Denied },
            "Extension.citext" => step with { Error = Denied },
            "Column.citext" => step with { BlockedBy = "Extension.citext" },
            _ => step,
        }),
        Rehearsed("A rehearsal by a role that lacks privileges, as the rules say", facts => facts with
        {
            Database = facts.Database with { CanCreate = false },
            Schema = facts.Schema with { CanCreate = false },
        }, step => step.Name is "Table" or "Extension.ltree" ? step with { Error = Denied } : step),
        Rehearsed("A rehearsal where no schema is reached", facts => facts, step => step.Name is "Table" or "Extension.ltree" ? step with { Error = new("3F000", "no schema has been selected to create in") } : step),
        Rehearsed("A rehearsal that is refused for a reason of its own", facts => facts, step => step.Name is "Alter" ? step with { Error = new("XX000", "anything", "a hint") } : step),
        Rehearsed("A rehearsal that is cut in the middle", facts => facts, step => step.Name is "Insert" ? step with { Error = ServerError.ConnectionLost("Broken pipe") } : step),
        Rehearsed("An administrator who would rehearse where others may create", facts => facts with
        {
            Role = facts.Role with { IsSuperuser = true }, Schema = facts.Schema with { OtherCreators = ["PUBLIC", "app"] },
        }) with { Rehearsal = new([], Ownership: null) },
        Rehearsed("A rehearsal that broke off", facts => facts) with { Rehearsal = new(RehearsalSamples.Steps(Inputs.Of(provider: null).Facts), Ownership: null, ServerError.ConnectionLost("Broken pipe")) },
        Rehearsed("A rehearsal on a standby", facts => facts with { Server = facts.Server with { InRecovery = true } }),
        Rehearsed("A rehearsal on a server that is read-only", facts => facts with { Server = facts.Server with { ReadOnlyByDefault = true } }),
        Probed("Tables that can be altered", [new("langsmith", "runs", null), new("owners", "datasets", null), new("langsmith", "tenants", null)]),
        Probed("A table that is locked, and one of the same owner that is not", [new("langsmith", "runs", new("55P03", "canceling statement due to lock timeout")), new("langsmith", "tenants", null)]),
        Probed("Tables that are all locked", [new("langsmith", "runs", new("55P03", "canceling statement due to lock timeout")), new("old", "tenants", ServerError.NoTimeLeft)]),
        Probed("Tables that cannot be altered, as another owns them", [new("old", "runs", Denied), new("old", "tenants", Denied), new("older", "users", Denied), new("langsmith", "datasets", null)]),
        Probed("A table that cannot be altered, for a reason of its own", [new("old", "runs", Denied), new("langsmith", "tenants", new("53100", "No space left on device"))]),
        Probed("Tables that cannot be altered, as the rules say", [new("old", "runs", Denied)], facts => facts with { Schema = facts.Schema with { Objects = [new("old", 3, IsOwner: false)] } }),
    ];

    static ServerError Denied => new("42501", "permission denied");

    static SchemaFacts Missing => new("app", Exists: false, Owner: null, IsOwner: false, CanUse: false, CanCreate: false, [], []);

    static Situation Changed(string title, Func<ServerFacts, ServerFacts> change, DateOnly? today = null)
    {
        var input = Inputs.Of(null, change);
        return new(title, Provider: null, input with { Today = today ?? input.Today });
    }

    static Situation Pooled(string title, string? provider, PoolerFacts pooler) => new(title, provider, Inputs.Of(provider) with { Pooler = pooler });

    static Situation Buffered(string? provider, int pages) => new(
        $"{pages} pages of shared_buffers, {provider ?? "a server of one's own"}", provider,
        Inputs.Of(provider, facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { ["shared_buffers"] = $"{pages}" } }));

    static Situation Identified(string title, string? provider, IamAuthProvider wanted) => new(
        title, provider,
        EnvironmentRuleTests.Connected(
            Inputs.Of(provider, facts => facts with { Role = facts.Role with { MemberOf = [], EntraLabel = null } }), "langsmith@db.example.com/langsmith?sslmode=require", wanted)
            with { Tls = Tls });

    static Situation Rehearsed(string title, Func<ServerFacts, ServerFacts> change, Func<RehearsalStep, RehearsalStep>? outcome = null)
    {
        var situation = Changed(title, change);
        return situation with { Rehearsal = new([.. RehearsalSamples.Steps(situation.Input.Facts).Select(outcome ?? (step => step))], []) };
    }

    static Situation Probed(string title, IReadOnlyList<OwnershipProbe> probes, Func<ServerFacts, ServerFacts>? change = null)
    {
        var situation = Rehearsed(title, change ?? (facts => facts));
        return situation with { Rehearsal = situation.Rehearsal! with { Ownership = probes } };
    }
}
