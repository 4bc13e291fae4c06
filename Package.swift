// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
        swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + dependencies,
        exclude: exclude,
        swiftSettings: settings)
}

let package = Package(
    name: "Casebook",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CLAPACKE"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CSimdJSON", cxxSettings: [.unsafeFlags(["-O3"])], linkerSettings: [.linkedLibrary("simdjson")]),

        library("LinearAlgebra", ["CLAPACKE"]),
        library("Statistics", ["LinearAlgebra"]),
        library("Records", ["CSimdJSON", .product(name: "Crypto", package: "swift-crypto")]),
        library("Logs", ["Records", "CSimdJSON", "CZlib"]),
        library(
            "Storage",
            [
                "Records", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        library("Features", ["Records", "LinearAlgebra"]),
        library(
            "Models",
            ["Records", "Features", "Statistics", "LinearAlgebra", .product(name: "Crypto", package: "swift-crypto")]),
        library("Incidents", ["Records", "Features", "Statistics", "Models"]),
        library("Knowledge", ["Records", "Features", "Statistics", "Models"]),
        library("Simulation", ["Records", "Statistics"]),

        library(
            "Commands",
            [
                "Records", "Models", "Statistics", "LinearAlgebra",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        program("train", ["Commands", "Records", "Logs", "Models", "Knowledge", "Storage", "LinearAlgebra"]),
        program("score", ["Commands", "Records", "Logs", "Models", "Statistics", "LinearAlgebra"]),
        program(
            "evaluate",
            [
                "Commands", "Records", "Logs", "Features", "Models", "Incidents", "Knowledge", "Simulation",
                "Statistics", "LinearAlgebra",
            ]),
        program(
            "casebook",
            [
                "Records", "Logs", "Features", "LinearAlgebra", "Models", "Incidents", "Knowledge", "Storage",
                "Simulation", "Statistics",
            ]),

        tests("LinearAlgebra", [], exclude: ["Reference"]),
        tests("Statistics", ["LinearAlgebra"], exclude: ["Reference"]),
        tests("Records", []),
        tests("Logs", ["Records", "Statistics"]),
        tests("Storage", ["Records", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("Features", ["Records", "LinearAlgebra"], exclude: ["Reference"]),
        tests(
            "Models", ["Records", "Features", "Statistics", "LinearAlgebra"],
            exclude: ["Files/Reference"]),
        tests("Incidents", ["Records", "Statistics"]),
        tests("Knowledge", ["Records", "Features", "Models", "Statistics"]),
        tests("Simulation", ["Records", "Statistics"]),
    ],
    cxxLanguageStandard: .cxx17
)

// `make fuzz` builds every module with the instruments of libFuzzer, and this program, whose main function is libFuzzer's.
if Context.environment["CASEBOOK_FUZZING"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["Records", "Logs"], path: "Tests/Fuzz/Sources",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}
