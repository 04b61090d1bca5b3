using System.Globalization;
using Attractor.Storage;

namespace Attractor.Runs.Tests;

/// <summary>Sentences that name settings as those who read them do.</summary>
public sealed class SettingSentenceTests
{
    private static string Option(string property) => SettingName.Option(SettingName.Key(property));

    [Fact]
    public void A_setting_is_named_by_who_asks_and_other_words_stay()
    {
        FormattableString sentence = $"{"WarmUp":setting} of {"WarmUp"} is {3}";

        Assert.Equal("WarmUp of WarmUp is 3", SettingSentence.Render(sentence));
        Assert.Equal("--warm-up of WarmUp is 3", SettingSentence.Render(sentence, Option));
    }

    [Fact]
    public void A_sentence_within_another_and_joined_parts_are_named_too()
    {
        FormattableString part = $"raise {"Ridge":setting}";

        FormattableString joined = SettingSentence.Join($"{{no}} {part}, ", $"or {"Lr":setting}");

        Assert.Equal("{no} raise --ridge, or --lr", SettingSentence.Render(joined, Option));
    }

    [Fact]
    public void Numbers_are_those_of_files_whatever_the_language()
    {
        CultureInfo before = CultureInfo.CurrentCulture, german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal("1.5 and 1,000", SettingSentence.Render($"{1.5} and {1000:N0}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_run_that_is_there_is_refused_by_the_argument_that_replaces_it()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "RUN");
        using (RunFolder run = RunLayout.Open(path, resume: false, overwrite: false))
            run.Begin([], "");

        RunExistsException e = Assert.Throws<RunExistsException>(() => RunLayout.Open(path, resume: false, overwrite: false));

        Assert.EndsWith("goes on with it, overwrite starts anew", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("goes on with it, --overwrite starts anew", e.With(Option), StringComparison.Ordinal);
    }
}
