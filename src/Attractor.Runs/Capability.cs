using System.Diagnostics.CodeAnalysis;

namespace Attractor.Runs;

/// <summary>Something that can be asked of a trained model of some kind: generate, evaluate, report, ...</summary>
public abstract class Capability
{
    private protected Capability(string verb, FormattableString? instead, SettingsForm options)
        => (Verb, Instead, Options) = (verb, instead, options);

    /// <summary>The verb that asks for it.</summary>
    public string Verb { get; }

    /// <summary>
    /// What there is where somebody gives an option that the kind lacks, such as "it draws {nameof(Count):setting} samples"; null if
    /// nothing.
    /// </summary>
    public FormattableString? Instead { get; }

    /// <summary>Its options.</summary>
    public SettingsForm Options { get; }

    /// <summary>Asks.</summary>
    /// <param name="model">Of whom.</param>
    /// <param name="options">Options of this capability.</param>
    /// <param name="request">What is asked about, where the answer goes, and who waits for it.</param>
    public abstract Answer Ask(TrainedModel model, SettingsRecord options, Request request);
}

/// <summary>A capability whose options are a record of their own.</summary>
/// <typeparam name="T">The options.</typeparam>
/// <param name="verb">The verb that asks for it.</param>
/// <param name="instead">What there is where somebody gives an option that the kind lacks.</param>
public abstract class Capability<[DynamicallyAccessedMembers(
    DynamicallyAccessedMemberTypes.PublicProperties)] T>(string verb, FormattableString? instead = null)
    : Capability(verb, instead, SettingsForm.Of<T>())
    where T : SettingsRecord, new()
{
    /// <inheritdoc/>
    public sealed override Answer Ask(TrainedModel model, SettingsRecord options, Request request)
    {
        Options.Check(options);
        return Ask(model, (T)options, request);
    }

    /// <inheritdoc cref="Capability.Ask(TrainedModel, SettingsRecord, Request)"/>
    protected abstract Answer Ask(TrainedModel model, T options, Request request);
}
