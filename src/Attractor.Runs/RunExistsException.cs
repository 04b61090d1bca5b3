namespace Attractor.Runs;

/// <summary>A folder holds a run already, and nobody said that it is to be replaced.</summary>
public sealed class RunExistsException : IOException
{
    private readonly FormattableString _sentence;

    internal RunExistsException(FormattableString sentence)
        : base(SettingSentence.Render(sentence))
        => _sentence = sentence;

    /// <inheritdoc cref="SettingException.With"/>
    public string With(Func<string, string> name) => SettingSentence.Render(_sentence, name);
}
