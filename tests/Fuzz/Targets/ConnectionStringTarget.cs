using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>Connection strings of every form, and what the drivers make of them.</summary>
sealed class ConnectionStringTarget : FuzzTarget
{
    public override string Name => "connection-strings";

    public override int MaximumLength => 1024;

    public override IReadOnlyList<string> Words { get; } =
    [
        "postgresql://", "postgres://", "://", "@", ":", "/", "?", "&", "=", ";", "'", "\"", "''", "\\", "%", "%40", "%00", "%FF", "%C3%A9", "%3A", "%2F", "[::1]", "[", "]",
        "::ffff:1.2.3.4", "fe80::1%25eth0", ",", ",host2:5433", ":65535", ":0", ":99999", "host=", "hostaddr=", "port=", "user=", "User Id=", "password=", "Password=", "dbname=",
        "Database=", "Host=", "Server=", "SSL Mode=VerifyFull", "Search Path=", "sslmode=", "verify-full", "require", "sslrootcert=system", "sslpassword=", "options=", "-c%20a=b",
        "search_path=", "target_session_attrs=", "service=", "passfile=", "\u2100", "é", "\uFEFF", "\t", "\r\n", " ", "+", "#", "{your_password}", Promise.Needle, $":{Promise.Needle}@",
    ];

    public override void Run(byte[] input)
    {
        var text = InputText.Of(input);
        var result = PgConnectionString.Parse(text);
        var verdicts = DriverCheck.Evaluate(text);
        Promise.Holds(result.Connection is null == result.Errors.Any(), "A text is either read or refused with an error.");
        foreach (var span in result.Diagnostics.Select(one => one.Span)
            .Concat(verdicts.Select(one => one.Span)).Concat(verdicts.SelectMany(one => one.Differences).Select(one => one.Span)))
        {
            Promise.IsWithin(span, text);
        }

        if (!Public(result.Connection).Any(part => part.Contains(Promise.Needle, StringComparison.Ordinal)))
        {
            Promise.KeepsSecret(
            [
                $"{result.Connection}", result.Connection?.Target, .. result.Diagnostics.Select(one => one.ToString()), .. verdicts.Select(one => one.ToString()),
                .. verdicts.SelectMany(one => one.Remarks), .. verdicts.SelectMany(one => one.Differences).Select(one => one.Message),
            ]);
        }

        if (result.Connection is { } connection)
        {
            ComesBack(connection);
        }
    }

    static void ComesBack(PgConnectionString connection)
    {
        foreach (var scheme in new[] { null, "postgresql" })
        {
            var again = PgConnectionString.Parse(connection.ToPlainText(scheme));
            Promise.Holds(again.Connection is not null, $"What was written is refused: {again.Errors.FirstOrDefault()}");
            Promise.Holds(Equals(again.Connection!.With(null, connection.Schema).Connection, connection), "What was written is read as something else.");
        }
    }

    // What is shown of a connection as it is: a secret that stands there is none.
    static IEnumerable<string> Public(PgConnectionString? connection) => connection is null ? [] :
    [
        connection.Database, connection.UserName, connection.Schema, .. connection.Hosts.Select(host => host.Name),
        .. connection.Parameters.SelectMany(one => new[] { one.Name, one.Value }),
    ];
}
