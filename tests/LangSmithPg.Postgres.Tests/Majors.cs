namespace LangSmithPg.Postgres.Tests;

/// <summary>The major versions that tests run on.</summary>
static class Majors
{
    /// <summary>Those that LangSmith supports, and the last one that it does not.</summary>
    public static readonly TheoryData<int> All = [13, 14, 15, 16, 17, 18];
}
