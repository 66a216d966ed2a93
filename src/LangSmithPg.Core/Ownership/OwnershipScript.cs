using System.Globalization;
using System.Text;
using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>A transfer as SQL, for an admin who would rather read and run it elsewhere.</summary>
static class OwnershipScript
{
    /// <summary>Writes the script. It holds no secret.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="lockTimeout">Most time that each statement waits for a lock.</param>
    public static string Write(OwnershipPlan plan, TimeSpan lockTimeout)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (from, to) = (SqlIdentifier.Quote(plan.From), SqlIdentifier.Quote(plan.To));
        var script = new StringBuilder();
        Comment($"Transfers what {plan.From} owns to {plan.To} in {plan.Target}: {(plan.IsEmpty ? "nothing remains to be done" : string.Join(", ", plan.Kinds))}.");
        Comment("Run it in that database: psql -v ON_ERROR_STOP=1 -f <this file> <connection>");
        Comment($"As a superuser, or a role that has the privileges of {plan.From} and can act as {plan.To}: preferably {plan.To} itself, as a temporary member of {plan.From}.");
        Comment(plan.BatchSize is null ? "All or nothing; to run it again, create a new script." : "Each transaction is all or nothing; if one fails, create a new script for the rest.");
        foreach (var remark in plan.Remarks)
        {
            Comment(remark);
        }

        foreach (var problem in plan.Problems)
        {
            Comment($"Required first: {problem.Message}\n{problem.Fix}");
        }

        script.Append('\n').Append(SqlLiteral.StandardStrings).Append('\n');
        foreach (var batch in plan.Batches)
        {
            script.Append(CultureInfo.InvariantCulture, $"\nBEGIN;\nSET LOCAL lock_timeout = '{(long)lockTimeout.TotalMilliseconds}ms';\n");
            foreach (var step in batch)
            {
                script.Append(step.Statement).Append(";\n");
            }

            script.Append("COMMIT;\n");
        }

        script.Append('\n');
        Comment($"Objects that {plan.From} still owns in this database, one per row:");
        script.Append(CultureInfo.InvariantCulture, $"""
            SELECT pg_catalog.pg_describe_object(classid, objid, objsubid) AS left_behind
            FROM pg_catalog.pg_shdepend
            WHERE deptype = 'o' AND refclassid = 'pg_catalog.pg_authid'::regclass AND refobjid = {SqlLiteral.Quote(from)}::regrole
              AND dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
              AND classid NOT IN ('pg_catalog.pg_default_acl'::regclass, 'pg_catalog.pg_user_mapping'::regclass);

            """);
        Comment($"Afterwards, as the role that granted it: REVOKE {from} FROM {to};");
        return script.ToString();

        // A name may hold a line break, and a comment must not end there.
        void Comment(string text)
        {
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            {
                script.Append(SqlComment.Of(line)).Append('\n');
            }
        }
    }
}
