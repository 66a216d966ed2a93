using LangSmithPg.Connections;

namespace LangSmithPg.Core.Tests.Helm;

/// <summary>The connections of LangSmith's own documentation.</summary>
static class Examples
{
    public static readonly PgConnectionString Password = Parse("myuser:mypassword@myhost:5432/mydatabase?sslmode=disable");

    public static readonly PgConnectionString ServerTls = Parse("myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system");

    public static readonly PgConnectionString Iam =
        Parse("my-workload-identity@myhost:5432/mydatabase?sslmode=require").With(IamAuthProvider.Azure, schema: null).Require();

    public static PgConnectionString Parse(string text) => PgConnectionString.Parse(text).Require();
}
