using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Attractor.Storage;

/// <summary>The SHA-256 of tensors and words, in whatever order they come: what a rewritten header changes nothing of.</summary>
internal sealed class TensorHash
{
    private readonly SortedDictionary<string, byte[]> _tensors = new(StringComparer.Ordinal);

    /// <summary>Takes a tensor.</summary>
    public void Add(string name, string type, IReadOnlyList<int> shape, ReadOnlySpan<byte> values)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, name);
        Append(hash, type);
        Append(hash, string.Join(',', shape));
        hash.AppendData(values);
        _tensors[name] = hash.GetHashAndReset();
    }

    /// <summary>The hash of all tensors and these words.</summary>
    public string Of(IEnumerable<KeyValuePair<string, string>> words)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] tensor in _tensors.Values)
            hash.AppendData(tensor);
        foreach ((string key, string value) in words.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            Append(hash, key);
            Append(hash, value);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The length first, so that no two sequences of texts run together to the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
