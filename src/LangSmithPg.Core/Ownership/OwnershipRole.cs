namespace LangSmithPg.Ownership;

/// <summary>A role, and what whoever looks may do with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsBuiltIn">Whether it came with the server, as the first superuser and the <c>pg_</c> roles did.</param>
/// <param name="IsAdmin">Whether it is a superuser, or a member of what the clouds have in place of one.</param>
/// <param name="CanUse">Whether whoever looks has its privileges, by being it or inheriting them.</param>
/// <param name="CanSet">Whether whoever looks may take its place: <c>SET ROLE</c>.</param>
/// <param name="CanAdmin">Whether whoever looks may grant it, as whoever created it may from PostgreSQL 16 on.</param>
/// <param name="IsRdsIam">Whether it is a member of <c>rds_iam</c>, through whatever chain.</param>
sealed record OwnershipRole(string Name, bool IsBuiltIn, bool IsAdmin, bool CanUse, bool CanSet, bool CanAdmin, bool IsRdsIam);
