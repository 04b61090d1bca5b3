using Attractor.Storage;

namespace Attractor.Tests.Storage;

/// <summary>Files as earlier versions wrote them: with a checksum no mutation would come as far as the reader of the model.</summary>
internal static class Unsealed
{
    /// <summary>Takes the checksum out of a file.</summary>
    /// <returns>The bytes of the file.</returns>
    public static byte[] Read(string path)
    {
        SafeTensorsFile file = SafeTensors.Read(path);
        SafeTensors.Write(path, file.Tensors, file.Metadata);
        return File.ReadAllBytes(path);
    }
}
