// swift-tools-version: 6.2
import PackageDescription

let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")

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
    products: [
        "LinearAlgebra", "Statistics", "Records", "Logs", "Features", "Models", "Incidents", "Knowledge", "Storage",
        "Connectors", "Simulation",
    ].map { .library(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .systemLibrary(name: "CLAPACKE"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CSimdJSON", cxxSettings: [.unsafeFlags(["-O3"])], linkerSettings: [.linkedLibrary("simdjson")]),

        library("LinearAlgebra", ["CLAPACKE"]),
        library("Statistics", ["LinearAlgebra", algorithms]),
        library("Records", ["CSimdJSON", algorithms, .product(name: "Crypto", package: "swift-crypto")]),
        library("Logs", ["Records", "CSimdJSON", "CZlib"]),
        library(
            "Storage",
            [
                "Records", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        library("Features", ["Records", "LinearAlgebra", algorithms]),
        library(
            "Models",
            [
                "Records", "Features", "Statistics", "LinearAlgebra", algorithms,
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        library("Incidents", ["Records", "Features", "Statistics", "Models", algorithms]),
        library("Knowledge", ["Records", "Features", "Statistics", "Models", algorithms]),
        library("Simulation", ["Records", "Statistics", algorithms]),
        library(
            "Connectors",
            [
                "Records", "Storage", "CZlib", .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        library(
            "Service",
            [
                "Records", "Logs", "Storage", "Connectors", "Knowledge", "Models",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),

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
                "Statistics", "LinearAlgebra", "Storage", "Connectors",
            ]),
        program(
            "casebook",
            [
                "Commands", "Records", "Logs", "Features", "LinearAlgebra", "Models", "Incidents", "Knowledge",
                "Storage", "Simulation", "Statistics", "Connectors", "Service",
            ]),

        .target(
            name: "TestSupport", dependencies: ["Connectors", "Records"], path: "Tests/TestSupport",
            swiftSettings: settings),

        tests("LinearAlgebra", ["Statistics"], exclude: ["Reference"]),
        tests("Statistics", ["LinearAlgebra"], exclude: ["Reference"]),
        tests("Records", ["Statistics"]),
        tests("Logs", ["Records", "Statistics"]),
        tests("Storage", ["Records", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("Connectors", ["Records", "Storage", "Statistics", "TestSupport"]),
        tests("Service", ["Connectors", "Records", "Storage", "TestSupport"]),
        tests("Features", ["Records", "LinearAlgebra", "Statistics"], exclude: ["Reference"]),
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
