using LangSmithPg.Extensions;

namespace LangSmithPg.Moves;

/// <summary>The extensions of the source that the target does not have yet.</summary>
/// <param name="Creatable">Those that the target's role may create.</param>
/// <param name="Forbidden">Those that only somebody else may create.</param>
/// <param name="NotAllowed">Those that are not in the cloud's list of allowed extensions.</param>
/// <param name="Unavailable">Those that the target's server has no files for.</param>
/// <param name="Unknown">Those of which that is not known.</param>
sealed record MissingExtensions(
    IReadOnlyList<InstalledExtension> Creatable, IReadOnlyList<InstalledExtension> Forbidden, IReadOnlyList<InstalledExtension> NotAllowed,
    IReadOnlyList<InstalledExtension> Unavailable, IReadOnlyList<InstalledExtension> Unknown)
{
    enum Kind
    {
        Creatable,
        Forbidden,
        NotAllowed,
        Unavailable,
        Unknown,
    }

    /// <summary>Finds them.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    public static MissingExtensions Of(MoveSide source, MoveSide target)
    {
        var kinds = source.Facts.Extensions
            .Where(one => target.Facts.Extensions.All(other => other.Name != one.Name))
            .ToLookup(one => KindOf(one.Name, target));
        return new([.. kinds[Kind.Creatable]], [.. kinds[Kind.Forbidden]], [.. kinds[Kind.NotAllowed]], [.. kinds[Kind.Unavailable]], [.. kinds[Kind.Unknown]]);
    }

    static Kind KindOf(string name, MoveSide target)
    {
        if (target.Facts.Available is not { } available)
        {
            return Kind.Unknown;
        }

        // The clouds let their admin install what PostgreSQL keeps for superusers.
        var (role, found) = (target.Server.Role, available.FirstOrDefault(one => one.Name == name));
        return found is null ? Kind.Unavailable
            : AllowList.Of(target.Server)?.Has(name) == false ? Kind.NotAllowed
            : role.IsSuperuser || (target.Server.Database.CanCreate && (found.Trusted || role.IsCloudAdmin)) ? Kind.Creatable
            : Kind.Forbidden;
    }
}
