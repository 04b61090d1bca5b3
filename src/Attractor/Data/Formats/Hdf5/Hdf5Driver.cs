using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using PureHDF.VOL.Native;

namespace Attractor.Data;

/// <summary>
/// Opens HDF5 files by a driver that holds each length against what is left of the file before memory is taken for it.
/// </summary>
/// <remarks>
/// The package takes the memory first and meets the end of the file afterwards, and its drivers are not for others to derive from. So the
/// class that derives from its driver for streams is made at run time, as proxies are: <see cref="RequireLeft"/>, then its own reading.
/// </remarks>
internal static class Hdf5Driver
{
    private const string Package = "PureHDF", Streams = "PureHDF.VFD.H5StreamDriver, PureHDF",
        References = "PureHDF.VOL.Native.NativeNamedReference, PureHDF";

    private static readonly Lazy<(Func<Stream, NativeFile> Open, Func<NativeObject, ulong> AddressOf)> s_made = new(Make);

    /// <summary>Where in the file an object lies: links to the same one lead to the same place.</summary>
    public static ulong AddressOf(NativeObject found) => s_made.Value.AddressOf(found);

    /// <exception cref="InvalidDataException">It states more than it holds.</exception>
    public static NativeFile Open(Stream stream) => s_made.Value.Open(stream);

    /// <summary>That so many bytes can be read.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public static void RequireLeft(long length, long position, int count)
    {
        if (count < 0 || count > length - position)
            throw new InvalidDataException($"damaged: it states a part of {count} bytes at byte {position} of {length}");
    }

    private static (Func<Stream, NativeFile> Open, Func<NativeObject, ulong> AddressOf) Make()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new InvalidDataException(
                "HDF5 and MATLAB 7.3 are not read by a program that is compiled ahead: give a file of another format; from Python, "
                + "the array");
        Type streams = Type.GetType(Streams, throwOnError: true)!;
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new("Attractor.Hdf5"), AssemblyBuilderAccess.Run);
        ModuleBuilder module = assembly.DefineDynamicModule("Attractor.Hdf5");
        MaySee(assembly, module, [Package, typeof(Hdf5Driver).Assembly.GetName().Name!]);
        TypeBuilder driver = module.DefineType("BoundedStreamDriver", TypeAttributes.Public | TypeAttributes.Sealed, streams);

        Type[] takes = [typeof(Stream), typeof(bool)];
        ConstructorBuilder constructor = driver.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, takes);
        ILGenerator code = constructor.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Call, streams.GetConstructor(takes)!);
        code.Emit(OpCodes.Ret);

        code = driver.DefineMethod(
            "ReadBytes",
            MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig,
            typeof(byte[]),
            [typeof(int)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Callvirt, streams.GetMethod("get_Length")!);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Callvirt, streams.GetMethod("get_Position")!);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, typeof(Hdf5Driver).GetMethod(nameof(RequireLeft))!);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, streams.GetMethod("ReadBytes")!);
        code.Emit(OpCodes.Ret);

        code = driver.DefineMethod(
            nameof(Open), MethodAttributes.Public | MethodAttributes.Static, typeof(NativeFile), [typeof(Stream)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Newobj, constructor);
        code.Emit(OpCodes.Ldstr, "");
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Call, typeof(NativeFile).GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(
            method => method.Name == "InternalOpen" && method.GetParameters().Length == 4));
        code.Emit(OpCodes.Ret);

        PropertyInfo reference = typeof(NativeObject).GetProperty("Reference", BindingFlags.Instance | BindingFlags.NonPublic)!;
        code = driver.DefineMethod(
            nameof(AddressOf), MethodAttributes.Public | MethodAttributes.Static, typeof(ulong), [typeof(NativeObject)]).GetILGenerator();
        LocalBuilder found = code.DeclareLocal(reference.PropertyType);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Callvirt, reference.GetMethod!);
        code.Emit(OpCodes.Stloc, found);
        code.Emit(OpCodes.Ldloca, found);
        code.Emit(OpCodes.Call, Type.GetType(References, throwOnError: true)!.GetMethod("get_Value")!);
        code.Emit(OpCodes.Ret);
        Type made = driver.CreateType();
        return (
            made.GetMethod(nameof(Open))!.CreateDelegate<Func<Stream, NativeFile>>(),
            made.GetMethod(nameof(AddressOf))!.CreateDelegate<Func<NativeObject, ulong>>());
    }

    // The runtime knows the attribute by its name; no library has it.
    private static void MaySee(AssemblyBuilder assembly, ModuleBuilder module, IEnumerable<string> others)
    {
        TypeBuilder attribute = module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public, typeof(Attribute));
        ILGenerator code = attribute.DefineConstructor(
            MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        code.Emit(OpCodes.Ret);
        ConstructorInfo made = attribute.CreateType().GetConstructor([typeof(string)])!;
        foreach (string other in others)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(made, [other]));
    }
}
