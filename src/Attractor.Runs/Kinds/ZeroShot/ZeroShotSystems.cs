using System.Globalization;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>The systems that a zero-shot model learns from, and those that it is tested on.</summary>
/// <param name="Training">Learnt from.</param>
/// <param name="HeldOut">Tested on.</param>
internal sealed record ZeroShotSystems(IReadOnlyList<SystemDefinition> Training, IReadOnlyList<SystemDefinition> HeldOut)
{
    /// <summary>
    /// All flows of the catalogue whose largest exponent is reported to be positive, or not reported, that are not conservative, a torus
    /// or driven, and no variable of which is an angle.
    /// </summary>
    public const string Chaotic = "chaotic";

    /// <summary>To hold none out.</summary>
    public const string None = "none";

    private static readonly string[] s_others = ["conservative", "hamiltonian", "torus", "driven"];

    /// <summary>What the settings choose.</summary>
    /// <param name="systems">The word <see cref="Chaotic"/>, or names with commas.</param>
    /// <param name="holdOut">n, names with commas, or none.</param>
    /// <param name="observed">N: systems of fewer variables are none.</param>
    /// <exception cref="SettingException">A name is none, or nothing is left to learn from.</exception>
    public static ZeroShotSystems Of(string systems, string holdOut, int observed)
    {
        SystemDefinition[] all = systems == Chaotic
            ? [.. KnownSystems.Catalogue.Where(s => IsChaotic(s) && s.Dimension >= observed)]
            : Named(systems, observed, nameof(ZeroShotSettings.Systems));
        if (all.Length == 0)
            throw new SettingException($"{nameof(ZeroShotSettings.Systems):setting}: none has {observed} variables");
        HashSet<string> held = [.. holdOut == None ? []
            : int.TryParse(holdOut, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            ? all.Where((_, i) => n > 1 && i % n == 0).Select(s => s.Name)
            : Named(holdOut, observed, nameof(ZeroShotSettings.HoldOut)).Select(s => s.Name)];
        if (held.Count == 0 && holdOut != None)
            throw new SettingException($"{nameof(ZeroShotSettings.HoldOut):setting} {holdOut} holds none out: give 2 or more, or {None}");
        SystemDefinition[] training = [.. all.Where(s => !held.Contains(s.Name))];
        return training.Length > 0
            ? new(training, [.. held.Order(StringComparer.Ordinal).Select(KnownSystems.Find)])
            : throw new SettingException(
                $"{nameof(ZeroShotSettings.HoldOut):setting} {holdOut} leaves none of the {all.Length} systems to learn from");
    }

    private static bool IsChaotic(SystemDefinition system)
        => system.Kind is SystemKind.Flow && system.ReportedExponent is null or > 0 && system.Angles.Count == 0
            && !system.Tags.Any(s_others.Contains);

    private static SystemDefinition[] Named(string names, int observed, string setting)
    {
        List<SystemDefinition> found = [];
        foreach (string name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            SystemDefinition system = Find(name, setting);
            bool fits = system.Kind is SystemKind.Flow && system.Dimension >= observed;
            found.Add(fits ? system : throw new SettingException(SettingSentence.Join(
                $"{setting:setting}: {name} is a {system.Kind.ToString().ToLowerInvariant()} of {system.Dimension} variables, ",
                $"a flow of at least {observed} is asked for")));
        }
        return [.. found.OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    private static SystemDefinition Find(string name, string setting)
    {
        try
        {
            return KnownSystems.Find(name);
        }
        catch (ArgumentException e)
        {
            throw new SettingException($"{setting:setting}: {e.Message.Split(" (Parameter")[0]}");
        }
    }
}
