using Npgsql;

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>Everything in the catalogs of a database, down to the transaction that wrote each row.</summary>
static class CatalogSnapshot
{
    static readonly string[] Catalogs =
    [
        "pg_am", "pg_amop", "pg_amproc", "pg_attrdef", "pg_attribute", "pg_cast", "pg_class", "pg_constraint", "pg_database", "pg_default_acl",
        "pg_depend", "pg_description", "pg_event_trigger", "pg_extension", "pg_index", "pg_inherits", "pg_init_privs", "pg_namespace",
        "pg_opclass", "pg_operator", "pg_opfamily", "pg_proc", "pg_shdepend", "pg_statistic_ext", "pg_trigger", "pg_type",
    ];

    static readonly string Query =
        string.Join(" union all ", Catalogs.Select(name => $"select '{name}', string_agg(x.xmin || ' ' || x::text, E'\\n' order by x::text) from {name} x"))
        + " union all select 'pg_roles', string_agg(r::text, E'\\n' order by r::text) from pg_roles r";

    public static async Task<SortedDictionary<string, string>> TakeAsync(NpgsqlConnection superuser)
    {
        await using var command = new NpgsqlCommand(Query, superuser);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        SortedDictionary<string, string> rows = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows[reader.GetString(0)] = reader.IsDBNull(1) ? "" : reader.GetString(1);
        }

        return rows;
    }
}
