using PureHDF;

namespace Attractor.Data;

/// <summary>
/// What the conventions of climate and forecast files (CF, section 8.1 and 2.5.1) say by attributes of an array of HDF5: which value stands
/// for a missing one, and by which scale and offset the others were packed.
/// </summary>
internal static class PackedValues
{
    private static readonly string[] s_missing = ["_FillValue", "missing_value"];

    /// <summary>Turns values as stored into what they stand for, in place: x = offset + scale * packed, NaN where missing.</summary>
    public static void Unpack(IH5Dataset dataset, double[] values)
    {
        foreach (string name in s_missing)
            if (Number(dataset, name) is { } missing && !double.IsNaN(missing))
                for (int i = 0; i < values.Length; i++)
                    if (values[i] == missing)
                        values[i] = double.NaN;
        double scale = Number(dataset, "scale_factor") ?? 1, offset = Number(dataset, "add_offset") ?? 0;
        if (scale != 1 || offset != 0)
            for (int i = 0; i < values.Length; i++)
                values[i] = offset + (scale * values[i]);
    }

    private static double? Number(IH5Dataset dataset, string name)
    {
        if (!dataset.AttributeExists(name))
            return null;
        IH5Attribute attribute = dataset.Attribute(name);
        bool isSingle = attribute.Space.Type == H5DataspaceType.Scalar
            || (attribute.Space.Type == H5DataspaceType.Simple && attribute.Space.Dimensions is [1]);
        if (!isSingle)
            return null;
        return (attribute.Type.Class, attribute.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 8) => attribute.Read<double[]>()[0],
            (H5DataTypeClass.FloatingPoint, 4) => attribute.Read<float[]>()[0],
            (H5DataTypeClass.FixedPoint, 1) => attribute.Type.FixedPoint.IsSigned
                ? attribute.Read<sbyte[]>()[0]
                : attribute.Read<byte[]>()[0],
            (H5DataTypeClass.FixedPoint, 2) => attribute.Type.FixedPoint.IsSigned
                ? attribute.Read<short[]>()[0]
                : attribute.Read<ushort[]>()[0],
            (H5DataTypeClass.FixedPoint, 4) => attribute.Type.FixedPoint.IsSigned
                ? attribute.Read<int[]>()[0]
                : attribute.Read<uint[]>()[0],
            (H5DataTypeClass.FixedPoint, 8) => attribute.Type.FixedPoint.IsSigned
                ? attribute.Read<long[]>()[0]
                : attribute.Read<ulong[]>()[0],
            _ => null,
        };
    }
}
