using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Attractor.Data;

/// <summary>The type of a .npy file's elements: what NumPy calls a dtype.</summary>
/// <param name="Kind"><c>f</c>, <c>i</c>, <c>u</c> or <c>b</c>.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Swapped">Whether the bytes of an element are in the other order than this machine's.</param>
internal readonly record struct NpyElement(char Kind, int Size, bool Swapped)
{
    /// <summary>Understands a dtype such as <c>&lt;f4</c>.</summary>
    /// <param name="descr">The header's entry: a string, or a list for records.</param>
    /// <exception cref="InvalidDataException">The type is not a real number.</exception>
    public static NpyElement Parse(object? descr)
    {
        if (descr is not string text)
            throw new InvalidDataException(
                "holds records with named fields, expected numbers; save one field with np.asarray(x['field'], dtype=float)");
        if (text.EndsWith('O'))
            throw new InvalidDataException(
                $"holds Python objects (dtype '{Excerpt.Of(text)}'), expected numbers; save with np.asarray(x, dtype=float), "
                + "trials of several lengths with np.savez('x.npz', *[np.asarray(t, dtype=float) for t in x])");

        string type = text is ['<' or '>' or '|' or '=', ..] ? text[1..] : text;
        bool bigEndian = text is ['>', ..];
        if (type is not ("f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "b1"))
            throw new InvalidDataException(
                $"holds elements of dtype '{Excerpt.Of(text)}', expected real numbers of 1 to 8 bytes; "
                + $"save with np.asarray(x, dtype=float)");
        bool littleEndian = text is ['<', ..];
        bool swapped = BitConverter.IsLittleEndian ? bigEndian : littleEndian;
        return new(type[0], type[1] - '0', swapped);
    }

    /// <summary>Converts whole elements to float64; <paramref name="source"/> is overwritten if its bytes must be swapped.</summary>
    public void Decode(Span<byte> source, Span<double> destination)
    {
        if (Swapped)
            Reverse(source);
        switch (Kind, Size)
        {
            case ('f', 2): Widen<Half>(source, destination); break;
            case ('f', 4): Widen<float>(source, destination); break;
            case ('f', 8): MemoryMarshal.Cast<byte, double>(source).CopyTo(destination); break;
            case ('i', 1): Widen<sbyte>(source, destination); break;
            case ('i', 2): Widen<short>(source, destination); break;
            case ('i', 4): Widen<int>(source, destination); break;
            case ('i', 8): Widen<long>(source, destination); break;
            case ('u', 1): Widen<byte>(source, destination); break;
            case ('u', 2): Widen<ushort>(source, destination); break;
            case ('u', 4): Widen<uint>(source, destination); break;
            case ('u', 8): Widen<ulong>(source, destination); break;
            default:
                for (int i = 0; i < source.Length; i++)
                    destination[i] = source[i] == 0 ? 0 : 1;
                break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> source, Span<double> destination)
        where T : unmanaged, INumberBase<T>
        => TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(source), destination);

    private void Reverse(Span<byte> bytes)
    {
        switch (Size)
        {
            case 2:
                Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                Span<uint> doubleWords = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            case 8:
                Span<ulong> quadWords = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }
}
