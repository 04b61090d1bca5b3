using Attractor.Storage;

namespace Attractor.Tests.Storage;

public sealed class JsonFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("{\"a\": 1, \"b\": 2, \"a\": 3}", "the key \"a\" twice")]
    [InlineData("{\"a\": [{\"c\": 1, \"c\": 1}]}", "the key \"c\" twice")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{\"a\": \"\\ud800\"}", "not Unicode")]
    [InlineData("{\"a\"", "not JSON")]
    public void What_is_no_object_or_says_a_thing_twice_is_refused(string text, string words)
    {
        File.WriteAllText(_path, text);
        string message = Assert.Throws<InvalidDataException>(() => JsonFile.ReadObject(_path)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.StartsWith(_path, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4090)]
    [InlineData(4091)]
    [InlineData(5000)]
    [InlineData((1 << 20) - 10)]
    public void A_file_is_read_whole_whatever_its_length(int spaces)
    {
        File.WriteAllText(_path, "{" + new string(' ', spaces) + "\"a\": 7}");
        Assert.Equal(7, JsonFile.ReadObject(_path).GetProperty("a").GetInt32());
    }

    [Fact]
    public void A_file_larger_than_settings_can_be_is_refused()
    {
        File.WriteAllText(_path, "{" + new string(' ', 1 << 20) + "}");
        Assert.Contains("larger", Assert.Throws<InvalidDataException>(() => JsonFile.ReadObject(_path)).Message, StringComparison.Ordinal);
    }
}
