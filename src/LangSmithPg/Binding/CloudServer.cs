using System.Collections;
using System.Management.Automation;

namespace LangSmithPg.Binding;

/// <summary>
/// Reads where a server is that its cloud describes in a form of its own: <c>Get-RDSDBInstance</c>, <c>Get-RDSDBCluster</c>, and the JSON of
/// <c>aws rds describe-db-instances</c> and <c>gcloud sql instances describe</c>. Azure's servers have the names of parameters.
/// </summary>
static class CloudServer
{
    /// <summary>Reads it; null when it is something else.</summary>
    /// <param name="given">The object.</param>
    public static ConnectionColumns? Of(PSObject given) => Rds(given) ?? CloudSql(given);

    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html and API_DBCluster.html, where the endpoint is text.
    static ConnectionColumns? Rds(PSObject given)
    {
        if ((Value(given, "DBInstanceIdentifier") ?? Value(given, "DBClusterIdentifier")) is not string || Value(given, "Endpoint") is not { } endpoint)
        {
            return null;
        }

        var address = endpoint as string;
        var nested = address is null ? PSObject.AsPSObject(endpoint) : null;
        return new()
        {
            HostName = address ?? (nested is null ? null : Value(nested, "Address") as string),
            Port = Number((nested is null ? null : Value(nested, "Port")) ?? Value(given, "Port")),
            Database = (Value(given, "DBName") ?? Value(given, "DatabaseName")) as string,
        };
    }

    // https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances
    static ConnectionColumns? CloudSql(PSObject given) =>
        Value(given, "databaseVersion") is string version && version.StartsWith("POSTGRES", StringComparison.OrdinalIgnoreCase) && Value(given, "ipAddresses") is IEnumerable addresses
            // Pods connect by the private address where there is one.
            ? new() { HostName = (Address(addresses, "PRIVATE") ?? Address(addresses, "PRIMARY")) ?? "" }
            : null;

    static string? Address(IEnumerable addresses, string type) => addresses.Cast<object>().Select(PSObject.AsPSObject)
        .FirstOrDefault(one => Value(one, "type") as string == type) is { } found ? Value(found, "ipAddress") as string : null;

    static int? Number(object? value) => LanguagePrimitives.TryConvertTo<int>(value, out var number) && number > 0 ? number : null;

    static object? Value(PSObject given, string name)
    {
        try
        {
            var value = given.BaseObject is IDictionary table ? table[name] : given.Properties[name]?.Value;
            return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
