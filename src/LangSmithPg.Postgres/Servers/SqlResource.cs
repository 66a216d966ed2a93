namespace LangSmithPg.Postgres.Servers;

/// <summary>The queries that lie beside the code as files.</summary>
static class SqlResource
{
    public static string Read(string name)
    {
        using var stream = typeof(SqlResource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
