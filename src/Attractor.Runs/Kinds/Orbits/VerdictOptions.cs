using Attractor.Evaluation;

namespace Attractor.Runs;

/// <summary>Whether a model is judged by how it runs on its own, and what it must reach.</summary>
[SettingsGroup(SettingGroup.Output)]
public record VerdictOptions : SettingsRecord
{
    private const string OnTheAttractor = "on the attractor", NearIt = "near it", Near = "near";

    /// <summary>Whether the model is judged in one sentence.</summary>
    [Setting("whether to say in one sentence how the model runs on its own: yes or no")]
    public bool Verdict { get; init; } = true;

    /// <summary>The least verdict that counts as a success; null for any.</summary>
    [Setting(
        "fail unless the verdict is this or better: 'on the attractor', or near (the same as 'near it')",
        Words = [OnTheAttractor, Near, NearIt])]
    public string? RequireVerdict { get; init; }

    /// <summary>What is required; null if nothing is.</summary>
    /// <exception cref="ArgumentException">A verdict is required that is not to be given.</exception>
    internal VerdictKind? Required()
    {
        if (RequireVerdict is null)
            return null;
        return Verdict
            ? RequireVerdict == OnTheAttractor ? VerdictKind.OnTheAttractor : VerdictKind.NearIt
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(RequireVerdict):setting} asks for a verdict, ", $"{nameof(Verdict):setting} no for none: leave one of them out"));
    }
}
