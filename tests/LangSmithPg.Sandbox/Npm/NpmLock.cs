using System.Globalization;
using System.Text.Json;

namespace LangSmithPg.Sandbox.Npm;

/// <summary>The pinned packages: by name and major version, the exact version and the hash of its archive.</summary>
static class NpmLock
{
    static readonly Dictionary<string, Dictionary<string, Pin>> Pins = Read();

    /// <summary>A package of a major version, the newest when none is asked for; null when none is pinned.</summary>
    internal static NpmPackage? Find(string name, int? major = null)
    {
        if (!Pins.TryGetValue(name, out var majors))
            return null;
        var wanted = major ?? majors.Keys.Max(key => int.Parse(key, CultureInfo.InvariantCulture));
        return majors.TryGetValue(wanted.ToString(CultureInfo.InvariantCulture), out var pin)
            ? new(name, pin.Version, pin.Integrity)
            : null;
    }

    static Dictionary<string, Dictionary<string, Pin>> Read()
    {
        using var file = typeof(NpmLock).Assembly.GetManifestResourceStream("npm.lock.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Pin>>>(file, JsonSerializerOptions.Web)!;
    }

    sealed record Pin(string Version, string Integrity);
}
