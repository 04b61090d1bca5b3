using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Attractor.Numerics;

/// <summary>Copies of parts of a matrix, in the order in which a register tile reads them.</summary>
internal static unsafe class Packing<T>
    where T : unmanaged
{
    // The widest row of a panel: two blocks.
    private const int WidestRow = 128;

    /// <summary>
    /// target[k * targetStride + i] = source element (k, i) for k below <paramref name="depth"/> and i below <paramref name="width"/>, of a
    /// width up to two blocks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(in Operand<T> source, int depth, int width, T* target, nint targetStride)
    {
        if (source.Column == 1)
            Copy(source.Values, source.Row, depth, width, target, targetStride);
        else
            Transpose(source.Values, source.Column, depth, width, target, targetStride);
    }

    /// <summary>Copies rows of up to two blocks, and nothing beside them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(T* source, nint sourceStride, int rows, int width, T* target, nint targetStride)
    {
        byte* from = (byte*)source, to = (byte*)target;
        nint bytes = (nint)width * sizeof(T);
        sourceStride *= sizeof(T);
        targetStride *= sizeof(T);
        // Both halves of a row may overlap: every width between the powers of two is done as well.
        if (bytes >= WidestRow / 2)
            for (int i = 0; i < rows; i++, from += sourceStride, to += targetStride)
            {
                Vector512<byte> a = Vector512.Load(from), b = Vector512.Load(from + bytes - 64);
                a.Store(to);
                b.Store(to + bytes - 64);
            }
        else if (bytes >= 32)
            for (int i = 0; i < rows; i++, from += sourceStride, to += targetStride)
            {
                Vector256<byte> a = Vector256.Load(from), b = Vector256.Load(from + bytes - 32);
                a.Store(to);
                b.Store(to + bytes - 32);
            }
        else if (bytes >= 16)
            for (int i = 0; i < rows; i++, from += sourceStride, to += targetStride)
            {
                Vector128<byte> a = Vector128.Load(from), b = Vector128.Load(from + bytes - 16);
                a.Store(to);
                b.Store(to + bytes - 16);
            }
        else
            for (int i = 0; i < rows; i++, from += sourceStride, to += targetStride)
                for (int j = 0; j < width; j++)
                    ((T*)to)[j] = ((T*)from)[j];
    }

    /// <summary>Fetches rows into the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Prefetch(T* values, nint stride, int rows, int width)
    {
        if (!Sse.IsSupported)
            return;
        for (int row = 0; row < rows; row++, values += stride)
        {
            Sse.Prefetch0(values);
            Sse.Prefetch0((byte*)values + 64);
            Sse.Prefetch0(values + width - 1);
        }
    }

    // Element (k, i) is source[i * stride + k]: as many rows at once as a register has lanes, then fewer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(T* source, nint stride, int depth, int width, T* target, nint targetStride)
    {
        int at = sizeof(T) == sizeof(float) ? 4 : 2;
        int whole = depth / at * at;
        int i = 0;
        while (i < width)
        {
            // Rows that fill no register are taken together with some that have been there already.
            if (Sse2.IsSupported && width - i < at && width >= at)
                i = width - at;
            T* from = source + (i * stride), to = target + i;
            int left = width - i, rows = 1;
            if (Avx512F.IsSupported && left >= 4 * at)
            {
                rows = 4 * at;
                if (sizeof(T) == sizeof(float))
                    Sixteen((float*)from, stride, whole, (float*)to, targetStride);
                else
                    Eight((double*)from, stride, whole, (double*)to, targetStride);
            }
            else if (Avx.IsSupported && left >= 2 * at)
            {
                rows = 2 * at;
                if (sizeof(T) == sizeof(float))
                    Eight((float*)from, stride, whole, (float*)to, targetStride);
                else
                    Four((double*)from, stride, whole, (double*)to, targetStride);
            }
            else if (Sse2.IsSupported && left >= at)
            {
                rows = at;
                if (sizeof(T) == sizeof(float))
                    Four((float*)from, stride, whole, (float*)to, targetStride);
                else
                    Two((double*)from, stride, whole, (double*)to, targetStride);
            }
            for (int row = 0; row < rows; row++)
                for (nint k = rows == 1 ? 0 : whole; k < depth; k++)
                    to[(k * targetStride) + row] = from[(row * stride) + k];
            i += rows;
        }
    }

    // Register r takes rows r, r + 4, r + 8 and r + 12, four columns of each: the transposition is then one of 4 x 4 in each quarter.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen(float* source, nint stride, int depth, float* target, nint targetStride)
    {
        float* p = source, q = source + (4 * stride), r = source + (8 * stride), s = source + (12 * stride);
        for (int k = 0; k < depth; k += 4, p += 4, q += 4, r += 4, s += 4, target += 4 * targetStride)
        {
            Vector512<float> a = Quarters(p, q, r, s);
            Vector512<float> b = Quarters(p + stride, q + stride, r + stride, s + stride);
            Vector512<float> c = Quarters(p + (2 * stride), q + (2 * stride), r + (2 * stride), s + (2 * stride));
            Vector512<float> d = Quarters(p + (3 * stride), q + (3 * stride), r + (3 * stride), s + (3 * stride));
            Vector512<double> ab = Avx512F.UnpackLow(a, b).AsDouble(), cd = Avx512F.UnpackLow(c, d).AsDouble();
            Avx512F.UnpackLow(ab, cd).AsSingle().Store(target);
            Avx512F.UnpackHigh(ab, cd).AsSingle().Store(target + targetStride);
            ab = Avx512F.UnpackHigh(a, b).AsDouble();
            cd = Avx512F.UnpackHigh(c, d).AsDouble();
            Avx512F.UnpackLow(ab, cd).AsSingle().Store(target + (2 * targetStride));
            Avx512F.UnpackHigh(ab, cd).AsSingle().Store(target + (3 * targetStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float* source, nint stride, int depth, float* target, nint targetStride)
    {
        float* p = source, q = source + (4 * stride);
        for (int k = 0; k < depth; k += 4, p += 4, q += 4, target += 4 * targetStride)
        {
            Vector256<float> a = Vector256.Create(Vector128.Load(p), Vector128.Load(q));
            Vector256<float> b = Vector256.Create(Vector128.Load(p + stride), Vector128.Load(q + stride));
            Vector256<float> c = Vector256.Create(Vector128.Load(p + (2 * stride)), Vector128.Load(q + (2 * stride)));
            Vector256<float> d = Vector256.Create(Vector128.Load(p + (3 * stride)), Vector128.Load(q + (3 * stride)));
            Vector256<double> ab = Avx.UnpackLow(a, b).AsDouble(), cd = Avx.UnpackLow(c, d).AsDouble();
            Avx.UnpackLow(ab, cd).AsSingle().Store(target);
            Avx.UnpackHigh(ab, cd).AsSingle().Store(target + targetStride);
            ab = Avx.UnpackHigh(a, b).AsDouble();
            cd = Avx.UnpackHigh(c, d).AsDouble();
            Avx.UnpackLow(ab, cd).AsSingle().Store(target + (2 * targetStride));
            Avx.UnpackHigh(ab, cd).AsSingle().Store(target + (3 * targetStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* source, nint stride, int depth, float* target, nint targetStride)
    {
        for (int k = 0; k < depth; k += 4, source += 4, target += 4 * targetStride)
        {
            Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + stride);
            Vector128<float> c = Vector128.Load(source + (2 * stride)), d = Vector128.Load(source + (3 * stride));
            Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(target);
            Sse.MoveHighToLow(cd, ab).Store(target + targetStride);
            ab = Sse.UnpackHigh(a, b);
            cd = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(target + (2 * targetStride));
            Sse.MoveHighToLow(cd, ab).Store(target + (3 * targetStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(double* source, nint stride, int depth, double* target, nint targetStride)
    {
        double* p = source, q = source + (2 * stride), r = source + (4 * stride), s = source + (6 * stride);
        for (int k = 0; k < depth; k += 2, p += 2, q += 2, r += 2, s += 2, target += 2 * targetStride)
        {
            Vector512<double> a = Quarters(p, q, r, s), b = Quarters(p + stride, q + stride, r + stride, s + stride);
            Avx512F.UnpackLow(a, b).Store(target);
            Avx512F.UnpackHigh(a, b).Store(target + targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(double* source, nint stride, int depth, double* target, nint targetStride)
    {
        double* p = source, q = source + (2 * stride);
        for (int k = 0; k < depth; k += 2, p += 2, q += 2, target += 2 * targetStride)
        {
            Vector256<double> a = Vector256.Create(Vector128.Load(p), Vector128.Load(q));
            Vector256<double> b = Vector256.Create(Vector128.Load(p + stride), Vector128.Load(q + stride));
            Avx.UnpackLow(a, b).Store(target);
            Avx.UnpackHigh(a, b).Store(target + targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(double* source, nint stride, int depth, double* target, nint targetStride)
    {
        for (int k = 0; k < depth; k += 2, source += 2, target += 2 * targetStride)
        {
            Vector128<double> a = Vector128.Load(source), b = Vector128.Load(source + stride);
            Sse2.UnpackLow(a, b).Store(target);
            Sse2.UnpackHigh(a, b).Store(target + targetStride);
        }
    }

    // Vector512.Create would mend the register that it writes to, and wait for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* a, float* b, float* c, float* d)
        => Avx512F.InsertVector256(
            Vector256.Create(Vector128.Load(a), Vector128.Load(b)).ToVector512Unsafe(),
            Vector256.Create(Vector128.Load(c), Vector128.Load(d)),
            1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Quarters(double* a, double* b, double* c, double* d)
        => Avx512F.InsertVector256(
            Vector256.Create(Vector128.Load(a), Vector128.Load(b)).ToVector512Unsafe(),
            Vector256.Create(Vector128.Load(c), Vector128.Load(d)),
            1);
}
